"""Find the authorities that an English text names, and check that they are the translation's, doing what they do there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grounding.bodies import Tier
from assistant.grounding.english_words import MODAL, WORD, stem, stems_of, table

_TIERS: tuple[tuple[Tier, str], ...] = (
    (Tier.CITY, r"beijing municipal|municipal(?:ity)?(?:-level)?|beijing|city(?:-level)?|city's"),
    (Tier.DISTRICT, r"district(?:-level)?s?"),
    (Tier.STREET, r"sub-?district(?:-level)?s?|township(?:-level)?s?|street(?:-level)?s?"),
    (Tier.NATION, r"national|state|central"),
)
_TIER = "|".join(pattern for _, pattern in _TIERS)
_HEAD = r"bureaus?|departments?|authorit(?:y|ies)|offices?|commissions?|agenc(?:y|ies)|organs?"
_KINDS: tuple[tuple[str, str], ...] = (
    ("国务院", r"state council"),
    ("政府", r"(?:people's )?governments?(?! (?:service|procurement|budget|purchas|fund))"),
    ("民政部", r"ministry of civil affairs|civil affairs ministry"),
    ("部委", r"ministr(?:y|ies)(?: of [a-z]+(?: and [a-z]+)?)?"),
    (
        "社会工委",
        r"(?:party )?social work committees?(?: of (?:the |each )?(?:cpc |party )?(?:beijing |municipal |district )*(?:party )?committees?)?",
    ),
    ("民政", rf"civil affairs (?:{_HEAD})|civil affairs"),
    ("财政", rf"(?:public )?financ(?:e|ial) (?:{_HEAD})|finance(?=,? (?:and )?(?:rural|agricult))"),
    ("发改", rf"development and reform(?: (?:{_HEAD}))?"),
    (
        "农业",
        rf"(?:agricultur(?:e|al)|rural affairs)(?: and (?:rural affairs|agriculture))?(?: (?:{_HEAD}))|rural affairs and agriculture",
    ),
    ("联合会", r"federations?"),
    ("第三方", r"third[- ]part(?:y|ies)"),
    ("居委会", r"(?:residents'|villagers'|village|neighbou?rhood) committees?"),
)
_BODY = re.compile(
    rf"(?P<tiers>(?:\b(?:{_TIER})\b(?:,? (?:and|or) |, ?| ))*)\b(?:"
    + "|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_KINDS))
    + r")\b"
)
_COMMITTEE = f"k{[kind for kind, _ in _KINDS].index('社会工委')}"
_BETWEEN = re.compile(
    rf"(?:\s|,|{MODAL.pattern}|\b(?:also|each|all|both|jointly|together|then|now|regularly|actively|is|are|was|were|be|been|the|one|of|to)\b)*"
)
_PASSIVE = re.compile(r"([a-z]+)(?: and [a-z]+)? (?:\w+ly )?by (?:the |a |an |each |both )*$")
_SAYS_LITTLE = frozenset(
    map(
        stem,
        [
            "is",
            "are",
            "was",
            "were",
            "be",
            "has",
            "have",
            "do",
            "does",
            "that",
            "who",
            "which",
            "and",
            "or",
            "in",
            "of",
        ],
    )
)


@dataclass(frozen=True, slots=True)
class EnglishBody:
    """An authority where it stands in a folded English text."""

    start: int
    end: int
    kind: str
    tiers: frozenset[Tier]

    def same_as(self, told: "EnglishBody") -> bool:
        """Say whether the text's ``told`` may be meant by this name."""
        return self.kind == told.kind and self.tiers <= told.tiers


def find_bodies(text: str) -> tuple[EnglishBody, ...]:
    """Return the authorities that a folded text names, in order."""
    return tuple(_read(match) for match in _BODY.finditer(text))


def _read(match: re.Match[str]) -> EnglishBody:
    words = match.group() if match[_COMMITTEE] else match["tiers"]
    tiers = frozenset(tier for tier, pattern in _TIERS if re.search(rf"\b(?:{pattern})\b", words))
    kind = _KINDS[
        int(next(name for name, found in match.groupdict().items() if found and name.startswith("k"))[1:])
    ][0]
    if kind in {"民政部", "国务院", "部委"}:
        tiers -= {Tier.NATION}
    return EnglishBody(match.start(), match.end(), kind, tiers)


def strange_body(text: str, translation: str, known: str) -> str:
    """Return the first authority in ``text`` that neither the translation nor what stands above it names; or nothing."""
    told = (*find_bodies(translation), *find_bodies(known))
    for body in find_bodies(text):
        if not any(body.same_as(other) for other in told):
            return text[body.start : body.end].strip()
    return ""


def acts_otherwise(text: str, translation: str) -> str:
    """Return the first authority that ``text`` has do what another one does in the translation; or nothing."""
    told = find_bodies(translation)
    for body in find_bodies(text):
        for verb in _deeds(text, body):
            actors = list(_doing(verb, translation, told))
            if actors and not any(body.same_as(actor) for group in actors for actor in group):
                return text[body.start : body.end].strip()
    return ""


def _deeds(text: str, body: EnglishBody) -> Iterator[str]:
    """Yield the stem of what the authority is said to do: the verb right behind it, or the one before 「by」."""
    between = _BETWEEN.match(text, body.end)
    verb = WORD.match(text, between.end() if between else body.end)
    passive = _PASSIVE.search(text[: body.start])
    if verb and stem(verb.group()) not in _SAYS_LITTLE:
        yield stem(verb.group())
    if passive:
        yield stem(passive[1])


def _doing(verb: str, translation: str, told: tuple[EnglishBody, ...]) -> Iterator[tuple[EnglishBody, ...]]:
    """Yield, for each place where the translation has the verb, the authorities named in the same breath before it."""
    alike = table().partners.get(verb, frozenset()) | {verb}
    for match in WORD.finditer(translation):
        if stem(match.group()) not in alike:
            continue
        start = max(translation.rfind(stop, 0, match.start()) for stop in (";", ".", ":", "which"))
        before = [body for body in told if start <= body.start and body.end <= match.start()]
        if before:
            last = before[-1]
            run = [body for body in before if not stems_of(translation[body.end : last.start]) - _JOINING]
            yield tuple(run)


_JOINING = frozenset(
    map(
        stem,
        [
            "and",
            "or",
            "the",
            "of",
            "several",
            "departments",
            "such",
            "as",
            "cpc",
            "beijing",
            "municipal",
            "committee",
        ],
    )
)
