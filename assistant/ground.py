"""Accept a statement only when the provisions it cites say it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from assistant.grounding.bodies import Tier
from assistant.grounding.check import Failure, compare, told_by
from assistant.grounding.claims import Claim, claims_of
from assistant.grounding.cover import lay
from assistant.grounding.english import objection
from assistant.grounding.plain import bare, plain, quoted
from assistant.grounding.source import Source, outline_of, source_of
from assistant.grounding.wording import load_wording
from corpus.document import Level
from corpus.library import Library
from corpus.numerals import read_number
from corpus.shadow import is_english


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the cited provisions bear a statement out, and why (not), in one Chinese sentence."""

    supported: bool
    why: str


def check(statement: str, provisions: Sequence[str], library: Library) -> Verdict:
    """Compare a statement with the provisions it cites; an unknown provision or an empty statement is never supported."""
    if len(bare(statement)) < 2:
        return Verdict(False, "没有可以核对的内容。")
    if not provisions:
        return Verdict(False, "没有引用条款。")
    unknown = [id for id in provisions if id not in library]
    if unknown:
        return Verdict(False, f"没有这样的条款：{'、'.join(map(str, unknown))}。")
    if _stated(statement, provisions, library):
        return Verdict(True, "与所引条款的规则数据一致。")
    if _verbatim(statement, provisions, library):
        return Verdict(True, "与所引条款的原文逐字相同。")
    if is_english(statement):
        leaves = [leaf.id for id in dict.fromkeys(provisions) for leaf in library.provision(id).leaves()]
        why = objection(statement, leaves, library)
        return Verdict(not why, why or "与所引条款的参考译文和原文数字相符。")
    why = _misplaced(statement, provisions, library) or _misquoted(statement, provisions, library)
    if why:
        return Verdict(False, why)
    return _compared(statement, provisions, library)


_SAID: WeakKeyDictionary[Library, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def _stated(statement: str, provisions: Sequence[str], library: Library) -> bool:
    """Say whether this is the sentence of a fact (``rules.toml``) that rests on a cited provision."""
    said = _SAID.get(library)
    if said is None:
        said = {}
        for fact in library.facts:
            for words in filter(None, (fact.say, fact.say_en)):
                said[bare(words)] = (*said.get(bare(words), ()), fact.provision)
        _SAID[library] = said
    leaves = {leaf.id for id in provisions for leaf in library.provision(id).leaves()}
    return any(provision in leaves for provision in said.get(bare(statement), ()))


_FRAMING = re.compile(
    r"^(?:(?:北京市|本|该|此|这份|根据|按照|依据|依照)*(?:实施|工作)?(?:指引|方案|通知|文件|原文|条款|规定|条文)?(?:的)?(?:第[零一二三四五六七八九十百\d]+[条部款项](?:分)?)?"
    r"(?:[^,。]{0,12}?)?(?:规定|要求|提出|明确|写明|写道|写着|指出|载明|原文|说|强调|是|为|如下|内容)*:)"
)


def _verbatim(statement: str, provisions: Sequence[str], library: Library) -> bool:
    whole = plain(statement)
    for words in (bare(statement), bare(_FRAMING.sub("", whole))):
        if len(words) < 2:
            continue
        for id in provisions:
            text = bare(library.text_of(id))
            at = text.find(words)
            while at >= 0:
                if not _CUT.search(text[:at]) and not _cuts_a_name(text, at + len(words)):
                    if words == bare(statement) or not _misplaced(statement, provisions, library):
                        return True
                at = text.find(words, at + 1)
    return False


def _cuts_a_name(text: str, end: int) -> bool:
    return any(match.start() < end < match.end() for match in load_wording().compounds.finditer(text))


_CUT = re.compile(r"(?:[不未无非没]|新增|有条件的|具备条件的|根据需要|第一批|专职)$")
_ARTICLE = re.compile(r"第([零一二三四五六七八九十百\d]+)(条|部分|项|款)")
_LEVELS = {
    "条": (Level.ARTICLE,),
    "部分": (Level.HEADING, Level.PART, Level.CHAPTER),
    "项": (Level.SUBHEADING, Level.ITEM, Level.POINT),
    "款": (Level.PARAGRAPH,),
}
_DOCUMENT = re.compile(r"(指引|方案|通知)(?=第|规定|要求|提出|明确|里|中|指出|写|的目的|的目标|还?提倡|还?鼓励|强调|为|列)")


def _misplaced(statement: str, provisions: Sequence[str], library: Library) -> str:
    """Return what is wrong with the place that a statement names, or nothing."""
    text = plain(statement)
    cited = [library.provision(id) for id in provisions]
    for match in _ARTICLE.finditer(text):
        numbers = {number for id in provisions for level in _LEVELS[match[2]] for number in _numbers_above(id, level, library)}
        said = read_number(match[1])
        if str(said) not in numbers and not any(match.group() in bare(library.text_of(p.id)) for p in cited):
            return f"所引条款不是「{match.group()}」。"
    kinds = {library.document_of(id).front.short_title for id in provisions} | {
        word for id in provisions for word in _DOCUMENT_WORDS if word in library.document_of(id).front.title
    }
    for match in _DOCUMENT.finditer(text):
        if match[1] not in kinds and not any(match[1] in bare(library.text_of(p.id)) for p in cited):
            return f"所引条款不在「{match[1]}」里。"
    return ""


_DOCUMENT_WORDS = ("指引", "方案", "通知")


def _numbers_above(id: str, level: Level, library: Library) -> set[str]:
    document = library.document_of(id)
    provision = document.provisions[id]
    numbers = {child.number for child in provision.walk() if child.level is level}
    while True:
        if provision.level is level:
            numbers.add(provision.number)
        if provision.parent is None:
            return numbers
        provision = document.provisions[provision.parent]


def _misquoted(statement: str, provisions: Sequence[str], library: Library) -> str:
    """Return the first words in quotation marks that the provisions do not have, or nothing."""
    wording = load_wording()
    sources = _sources(provisions, library)
    for words in quoted(statement):
        words = wording.localised(words)
        if not any(words in bare(source.everything) or _named(words, source) for source in sources):
            return f"引号里的「{words}」不是所引条款的原文。"
    return ""


def _named(words: str, source: Source) -> bool:
    return any(words in name for name, _ in source.names) or any(words.rstrip("试行") == quote.rstrip("试行") for quote in source.quotes)


def _sources(provisions: Sequence[str], library: Library) -> list[Source]:
    leaves: dict[str, None] = {}
    for id in provisions:
        for leaf in library.provision(id).leaves():
            leaves[leaf.id] = None
    return [source_of(library, leaf) for leaf in leaves]


def _compared(statement: str, provisions: Sequence[str], library: Library) -> Verdict:
    wording = load_wording()
    sources = _sources(provisions, library)
    outlines = [outline for id in provisions if (outline := outline_of(library, id)) is not None]
    whole = wording.localised(plain(statement))
    claims = claims_of(statement, wording)
    home: Source | None = None
    for claim in claims:
        failure, home = _best(claim, sources, home, whole)
        if failure is not None and not claim.moments and any(compare(claim, outline, whole) is None for outline in outlines):
            continue
        if failure is None:
            continue
        parts = _by_tier(claim, sources) if failure.by_tier else []
        if parts and all(_best(part, sources, home, whole)[0] is None for part in parts):
            continue
        return Verdict(False, failure.why)
    return Verdict(True, "数字、日期、层级、情态、主体和内容都在所引条款里。")


_TRIED = 4


def _best(claim: Claim, sources: list[Source], home: Source | None, statement: str) -> tuple[Failure | None, Source | None]:
    """Return what speaks against the claim in the leaf that speaks most for it, and that leaf."""
    ranked = sorted(
        sources, key=lambda source: told_by(lay(claim.text, source, claim.checked)) + (source is home) * 0.5, reverse=True
    )
    best: Failure | None = None
    nearest = home
    most = told_by(lay(claim.text, ranked[0], claim.checked))
    enough = 0.6
    for source in ranked[:_TRIED]:
        if told_by(lay(claim.text, source, claim.checked)) < enough * most:
            break
        failure = compare(claim, source, statement)
        if failure is None:
            return None, source
        if failure.rank < 10 and not failure.by_tier:
            enough = 0.9
        if best is None or failure.rank < best.rank:
            best, nearest = failure, source
    return best, nearest


_SINGLE = {Tier.CITY: "市级", Tier.DISTRICT: "区级", Tier.STREET: "街道乡镇级"}
_ALONE = {Tier.CITY: "市", Tier.DISTRICT: "各区", Tier.STREET: "街道乡镇"}
_LEVEL = re.compile(r"级|三个层级|层面|里$")


def _by_tier(claim: Claim, sources: list[Source]) -> list[Claim]:
    """Return the claim once for each tier, when it speaks of several at once."""
    three = re.search(r"三级|三个层级|各级", claim.text)
    if three and not claim.places:
        spans = [(three.start(), three.end(), frozenset(_SINGLE))]
    else:
        spans = [span for span in claim.places if len(span[2]) > 1 and span[2] <= frozenset(_SINGLE)]
    levels = [quantity for quantity in claim.quantities if quantity.unit == "级"]
    told = [quantity for source in sources for quantity in source.quantities if quantity.unit == "级"]
    if len(spans) != 1 or (levels and told) or any(quantity.value != len(spans[0][2]) for quantity in levels):
        return []
    start, end, tiers = spans[0]
    rest = re.sub("都|均", "", claim.text[end:])
    names = _SINGLE if _LEVEL.search(claim.text[start:end]) or rest.startswith(("机构", "的机构", "孵化")) else _ALONE
    return [replace(claim, text=claim.text[:start] + names[tier] + rest) for tier in sorted(tiers & frozenset(_SINGLE))]
