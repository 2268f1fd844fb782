"""Check how a statement cites: word for word, the right article of the right document, real words in quotation marks."""

import itertools
import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from assistant.grounding.plain import bare, plain, quoted
from assistant.grounding.source import Source
from assistant.grounding.wording import load_wording
from corpus.document import Level
from corpus.library import Library
from corpus.numerals import read_number

_SAID: WeakKeyDictionary[Library, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


def stated(statement: str, provisions: Sequence[str], library: Library) -> bool:
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
    r"(?P<free>[^,。:]{0,12}?)(?P<verb>规定|要求|提出|明确|写明|写道|写着|指出|载明|原文|说|强调|是|为|如下|内容)*:)"
)
_SAYS_MORE = re.compile(
    r"[零一二三四五六七八九十百千万两\d%]|不|应|须|必|可|得|能|准|禁|仅|只|全|都|所有|无|免|少于|多于|以上|以下|超过|低于|高于"
)
"""What a heading before a quotation may not hold: it would say something of its own."""


def verbatim(statement: str, provisions: Sequence[str], library: Library) -> bool:
    """Say whether a statement is a quotation: the text's own words, with or without 「第四条规定：」 before them.

    「……」 may stand for words left out. A slice that leaves off 不 or a condition right before it is no quotation.
    """
    framed = _FRAMING.match(plain(statement))
    if _sliced(statement, provisions, library):
        return True
    if framed is None or misplaced(statement, provisions, library):
        return False
    if framed["free"] and not _is_heading(framed["free"], bool(framed["verb"]), provisions, library):
        return False
    return _sliced(_ANY_FRAMING.sub("", statement, count=1), provisions, library)


def _is_heading(words: str, verb: bool, provisions: Sequence[str], library: Library) -> bool:
    """Say whether words before a quotation only name what it is about: the cited documents' own words, claiming nothing."""
    if not verb or _SAYS_MORE.search(words):
        return False
    context = "".join(bare(library.document_of(id).text) for id in provisions)
    content = re.sub(r"中|里|上|对|于|关|的|具体|还|也|就|在|其|有关|方面", "", bare(words))
    return all(pair in context for pair in map("".join, itertools.pairwise(content)))


def _sliced(statement: str, provisions: Sequence[str], library: Library) -> bool:
    parts = [words for part in _LEFT_OUT.split(statement) if (words := bare(part))]
    if not parts or min(map(len, parts)) < 2:
        return False
    return any(_in_order(parts, bare(library.text_of(id))) for id in provisions)


def _in_order(parts: list[str], text: str) -> bool:
    start = 0
    for words in parts:
        at = text.find(words, start)
        narrowed = words.startswith("社会组织")
        while at >= 0 and (
            _CUT.search(text[:at])
            or (narrowed and text[:at].endswith("社区"))
            or _cuts_a_name(text, at + len(words))
        ):
            at = text.find(words, at + 1)
        if at < 0:
            return False
        start = at + len(words)
    return True


def _cuts_a_name(text: str, end: int) -> bool:
    return any(match.start() < end < match.end() for match in load_wording().whole.finditer(text))


_LEFT_OUT = re.compile(r"…+|\.{3,}|⋯+")
_ANY_FRAMING = re.compile(r"^[^:：]*[:：]")
_CUT = re.compile(r"(?:[不未无非没]|新增|有条件的|具备条件的|根据需要|第一批|专职)$")
_ARTICLE = re.compile(r"第([零一二三四五六七八九十百\d]+)(条|部分|项|款)")
_LEVELS = {
    "条": (Level.ARTICLE,),
    "部分": (Level.HEADING, Level.PART, Level.CHAPTER),
    "项": (Level.SUBHEADING, Level.ITEM, Level.POINT),
    "款": (Level.PARAGRAPH,),
}
_DOCUMENT = re.compile(
    r"(指引|方案|通知)(?=第|规定|要求|提出|明确|里|中|由|是|印发|的附件|指出|写|的目的|的目标|还?提倡|还?鼓励|强调|为|列)"
)


def misplaced(statement: str, provisions: Sequence[str], library: Library) -> str:
    """Return what is wrong with the place that a statement names, or nothing."""
    text = plain(statement)
    cited = [library.provision(id) for id in provisions]
    for match in _ARTICLE.finditer(text):
        numbers = {
            number
            for id in provisions
            for level in _LEVELS[match[2]]
            for number in _numbers_above(id, level, library)
        }
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


def misquoted(statement: str, sources: Sequence[Source]) -> str:
    """Return the first words in quotation marks that the provisions do not have, or nothing."""
    wording = load_wording()
    for words in quoted(statement):
        words = wording.localised(words)
        if not any(words in bare(source.everything) or _named(words, source) for source in sources):
            return f"引号里的「{words}」不是所引条款的原文。"
    return ""


def _named(words: str, source: Source) -> bool:
    return any(words in name for name, _ in source.names) or any(
        words.rstrip("试行") == quote.rstrip("试行") for quote in source.quotes
    )
