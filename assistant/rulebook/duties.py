"""List what the text sets out for an actor."""

import re
from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point, quote_words
from assistant.phrases import Line
from assistant.rulebook.timeline import phase_en
from assistant.understand import Understanding
from corpus.library import Library, node_of
from corpus.rules import Duty, Phase
from corpus.vocabulary import Tier, load_vocabulary

_GENERAL = re.compile(
    r"职责|责任|任务|派了.*活|(要|该|得|需要?|应该?)(负责)?(做|干|办|管)(些|哪些|点|的)?(什么|啥|哪些|事|工作)*|干(什么|啥)|哪几件事|哪些(事|工作|活)|摊上"
    r"|duties|responsib\w*|have to do|must .* do|supposed to do"
)
_ACTOR_WORDS = re.compile(
    r"文件|方案|指引|通知|里|头|到底|给|我们|我|我们这|一条条|一共|总共|列|拎|出来|一下|分别|有|的|了|都|在|这|份|上|下|和|与|、|呢|吗|请|帮|清单|全部|所有"
    r"|民政(部门|局)?|办事处|政府|级|一级|what|are|is|the|of|a|list|all|for|by|in|under|plan|guideline|subdistricts?|townships?|districts?|civil|affairs|bureau|office|municipal|city|level|and|\W"
)


def duties(question: Understanding, library: Library) -> Draft | None:
    """List everything that the text sets out for an actor, in a phase if one is named, when just that is asked."""
    if not library.duties or not _GENERAL.search(question.text) or len(question.tiers) != 1:
        return None
    rest = _GENERAL.sub("", question.text)
    for tier in load_vocabulary().tiers.values():
        rest = tier.pattern.sub("", rest)
    if len(_ACTOR_WORDS.sub("", rest)) > 4:
        return None
    key = question.tiers[0]
    civil = "民政" in question.text or "civil affairs" in question.text
    named = [
        d.front for d in library.documents if d.front.short_title and d.front.short_title in question.text
    ]
    phases = {node_of(p.provision): p for p in library.phases if p.name in question.text}
    held = [
        duty
        for duty in duties_of((key,), library)
        if (not civil or "民政" in _sentence(duty, library))
        and (not named or library.document_of(duty.provision).front in named)
        and (not phases or node_of(duty.provision) in phases)
    ]
    if not held:
        return None
    tier = load_vocabulary().tiers[key]
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.RULES,
        lead=phrases.DUTIES_OF.filled(
            actor=_during(tier, list(phases.values()), library), count=str(len(held))
        ),
        points=tuple(_duty_point(duty, library) for duty in held),
    )


def _during(tier: Tier, phases: Sequence[Phase], library: Library) -> tuple[str, str]:
    """Name an actor, with the phases that were asked about."""
    if not phases:
        return tier.label, tier.label_en
    zh = "、".join(phase.name for phase in phases)
    en = " and ".join(phase_en(phase, library) for phase in phases)
    return f"{tier.label}（{zh}）", f"{tier.label_en} ({en})"


def _sentence(duty: Duty, library: Library) -> str:
    return library.text_of(duty.provision)


_MODAL = {
    "must": ("应", "must"),
    "may": ("可", "may"),
    "encouraged": ("鼓励", "encouraged"),
    "advocated": ("提倡", "advocated"),
}


def _duty_point(duty: Duty, library: Library) -> Point:
    modal, modal_en = _MODAL.get(duty.must, ("", ""))
    by = f"（{duty.by}）" if duty.by else ""
    return Point(
        say=Line(
            f"{modal and f'〔{modal}〕'}{duty.what}{by}", f"{modal_en and f'[{modal_en}] '}{duty.what_en}"
        ),
        quotations=(quote_words(library, duty.provision, duty.words),),
        derived=True,
    )


def duties_of(actors: Sequence[str], library: Library) -> tuple[Duty, ...]:
    """Return the duties that the text lays on any of the actors, in the order of the text."""
    return tuple(duty for duty in library.duties if set(duty.actor) & set(actors))
