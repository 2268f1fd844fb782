"""Find what provisions a text refers to: 《指引》第四条, 方案二（三）, Article 3 of the guideline, guide/4, a 文号."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Span
from corpus.library import Library
from corpus.numerals import CHINESE, NUMERAL
from corpus.place import BARE_LIST, Step, read_english_steps, read_steps
from corpus.titles import NUMBER, fold


@dataclass(frozen=True, slots=True)
class Reference:
    """A part of a text that names a provision.

    ``ids`` holds the provisions that may be meant: none when the text names what the corpus does not have, several
    when it is ambiguous. A list or range (第四条和第六条) is one reference for each of its members, on the same span.
    """

    span: Span
    ids: tuple[str, ...]
    text: str


_ID = re.compile(r"([^\s/#《》，。；：、（）()“”\"]+)((?:/[0-9a-z~-]+)+(?:#[a-z0-9~]+)?|#[a-z0-9~]+)")
_ENGLISH_PLACE = re.compile(
    r"\b(?:article|art|chapter|section|part|paragraph|item|point|annex|book)s?\b\.?\s*(?:no\.?\s*)?[0-9]|\bpreamble\b|(?<=[,·] )“"
)
_ENGLISH_OF = re.compile(r"\s*,?\s*(?:of|in|from|under)\s+(?:the\s+|this\s+|that\s+)?")
_QUALIFIER = re.compile(r"\s*\(([^()《》]{2,40})\)")
_OF = re.compile(r"\s*(?:文件|这份文件)?\s*(?:的|中的|里的|中|里|里面的?)?\s*")
_JOINED = re.compile(r"\s*(?:的规定|规定)?\s*(?:、|,|和|与|及|以及|或|或者|还有|跟|同)\s*")
_LEADING = re.compile(r"(?:本|该|此|这个|这份|那个|上述|前述|上面的?)$")
_BRACKETED_ID = re.compile(r"\[([^\[\]]+)\]")
_ENGLISH_AGAIN = re.compile(r"\s*\(occurrence ([0-9]+)\)")
_ANCHOR = re.compile(
    rf"《|{BARE_LIST}.|第\s*{NUMERAL}\s*(?:编|分编|章|节|条|款|项|目|部分|大?点|小点|自然段|段|[、,至到和与及或~-]\s*第?\s*{NUMERAL})"
    rf"|[{CHINESE}]+\s*、?\s*(?=\(\s*[{CHINESE}]+\s*\))|附件\s*(?:{NUMERAL})?|引言|[0-9]\s*\]?\s*[0-9]*\s*号"
)
_UNKNOWN_TITLE = re.compile(
    r"([\u4e00-\u9fff]{1,24}?(?:法|法典|条例|办法|规定|规则|细则|准则|章程|解释|意见|通知|决定|方案|指引|纲要|规划|公约))\s*的?\s*$"
)
_TITLE_BEFORE = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》(?:\(([^()《》]{2,40})\))?$")
_SHORT_LAWS = frozenset({"刑法", "宪法", "民法", "税法"})
_NO_TITLE = re.compile(
    r".*(?:根据|按照|依照|依据|按|照|对照|参照|违反|符合|关于|看看|看|查|问|请问|说|讲|和|与|及|跟|以及|还有|的|这个?|那个?|该|本|此|哪个?|有没有|是不是|什么|这份|那份)"
)


def resolve(library: Library, text: str) -> list[str]:
    """Return the provisions that ``text``, as a whole, may mean; none when it is no citation, several when ambiguous.

    Takes an id (``guide/4``, ``guide/4#1``), a citation in Chinese or English, a title or what a document is
    called, or a 文号. A list or range gives all its members.
    """
    wanted = text.strip().strip("。，；,;.!！?？ ")
    if wanted in library:
        return [wanted]
    folded = fold(wanted)
    references = find_references(library, wanted)
    if references and _fills(folded, references):
        return list(dict.fromkeys(id for reference in references for id in reference.ids))
    slugs = library.titles.find(re.sub(r"^(?:the|this)\s+", "", folded))
    if slugs:
        return list(slugs)
    steps, end, again = read_steps(folded, 0)
    if steps and not folded[end:].strip():
        return [id for ids in _walk(library, (), steps, again) for id in ids]
    return []


def _fills(folded: str, references: Sequence[Reference]) -> bool:
    """Say whether nothing but joining words is left of a text besides its references."""
    rest, position = "", 0
    for reference in references:
        rest += folded[position : reference.span.start] if reference.span.start > position else ""
        position = max(position, reference.span.end)
    rest += folded[position:]
    return (
        re.fullmatch(r"(?:\s|、|,|和|与|及|以及|或|的|规定|内容|全文|原文|the|and|or|本|该)*", rest)
        is not None
    )


def find_references(library: Library, text: str) -> list[Reference]:
    """Return every reference in ``text``, in its order."""
    folded = fold(text)
    found = sorted(
        [*_ids(library, text), *_english(library, folded), *_chinese(library, folded)],
        key=lambda reference: (reference.span.start, -reference.span.end),
    )
    kept: list[Reference] = []
    for reference in found:
        span = reference.span
        if not kept or span.start >= kept[-1].span.end or span == kept[-1].span:
            kept.append(Reference(span, reference.ids, span.of(text)))
    return kept


def _ids(library: Library, text: str) -> Iterator[Reference]:
    for match in _ID.finditer(text):
        words, path = match.groups()
        for begin in range(len(words)):
            if words[begin:] in library:
                id = words[begin:] + path
                yield Reference(Span(match.start() + begin, match.end()), (id,) if id in library else (), "")
                break


def _walk(library: Library, slugs: Sequence[str], steps: Sequence[Step], again: int) -> list[tuple[str, ...]]:
    """Return the candidates for each member of a list, over the documents named or over all."""
    names = slugs or [document.slug for document in library.documents]
    members: list[list[str]] = []
    for lenient in (False, True):
        members = [[] for _ in library.places(names[0]).walk(steps)]
        for slug in names:
            for member, ids in zip(members, library.places(slug).walk(steps, lenient=lenient), strict=True):
                member += ids
        if any(members):
            break
    if again:
        return [tuple(ids[again - 1 : again]) for ids in members]
    return [tuple(ids) for ids in members]


def _chinese(library: Library, folded: str) -> Iterator[Reference]:
    position, last_end, last_slugs = 0, -1, None
    while anchor := _ANCHOR.search(folded, position):
        start = anchor.start()
        if folded[start] == "《":
            read = _titled(library, folded, start)
        elif folded[anchor.end() - 1] == "号":
            read = _numbered(library, folded, anchor.end(), position)
        else:
            joined = last_end >= 0 and _JOINED.fullmatch(folded[last_end:start]) is not None
            read = _placed(library, folded, start, last_slugs if joined else None)
        if read is None:
            position = anchor.end()
            continue
        begin, end, slugs, members = read
        for ids in members:
            yield Reference(Span(begin, end), ids, "")
        position, last_end, last_slugs = end, end, slugs


_Read = tuple[int, int, tuple[str, ...] | None, list[tuple[str, ...]]]


def _titled(library: Library, folded: str, start: int) -> _Read | None:
    """Read 《title》（qualifier）place."""
    depth, end = 0, start
    for end in range(start, min(len(folded), start + 200)):
        depth += (folded[end] == "《") - (folded[end] == "》")
        if depth == 0:
            break
    if depth:
        return None
    slugs = library.titles.find(folded[start + 1 : end])
    end += 1
    qualifier = _QUALIFIER.match(folded, end)
    if qualifier and slugs and not read_steps(folded, end)[0]:
        slugs, end = library.titles.qualified(slugs, qualifier.group(1)), qualifier.end()
    return start, *_after_title(library, folded, end, slugs)


def _numbered(library: Library, folded: str, end: int, floor: int) -> _Read | None:
    """Read a 文号 that ends at ``end``, and the place after it."""
    for match in NUMBER.finditer(folded, max(floor, end - 40), end):
        if match.end() == end:
            slugs = library.titles.with_number(match)
            start = match.start()
            if slugs:
                letters = fold(library.document(slugs[0]).front.number)
                while start < match.end(1) and not letters.startswith(folded[start : match.end(1)]):
                    start += 1
            elif match.group(1)[-1] not in "发字办函令文组规通报号公告":
                return None
            return start, *_after_title(library, folded, end, slugs)
    return None


def _after_title(
    library: Library, folded: str, end: int, slugs: tuple[str, ...]
) -> tuple[int, tuple[str, ...], list[tuple[str, ...]]]:
    of = _OF.match(folded, end)
    steps, stop, again = read_steps(folded, of.end() if of else end)
    bracketed = _BRACKETED_ID.match(folded, stop if steps else end)
    if bracketed and bracketed.group(1) in library:
        return bracketed.end(), slugs, [(bracketed.group(1),)]
    if steps:
        return stop, slugs, _walk(library, slugs, steps, again) if slugs else [()]
    return end, slugs, [slugs]


def _placed(library: Library, folded: str, start: int, inherited: tuple[str, ...] | None) -> _Read | None:
    """Read a place whose title stands before it without 《》, or nowhere."""
    steps, end, again = read_steps(folded, start)
    before = re.sub(r"\s*(?:的|中的|里的|中|里|里面的?)?\s*$", "", folded[:start])
    named = library.titles.ending_at(folded, len(before))
    if named and _is_another(library, folded, *named):
        other = _unknown_start(folded, start)
        return named[0] if other is None else other, end, (), [()] if steps else []
    if named is None and folded.startswith("附件", start):
        named = library.titles.starting_at(folded, start)
        if named:
            steps, end, again = read_steps(folded, _OF.match(folded, named[0]).end())  # type: ignore[union-attr]
            named = (start, named[1]) if steps else None
    if not steps:
        return None
    if named:
        begin = _LEADING.sub("", folded[: named[0]])
        return len(begin), end, named[1], _walk(library, named[1], steps, again)
    if inherited is not None:
        return start, end, inherited, _walk(library, inherited, steps, again) if inherited else [()]
    other = _unknown_start(folded, start)
    if other is not None:
        slugs = library.titles.find(before[other:])
        return other, end, slugs, _walk(library, slugs, steps, again) if slugs else [()]
    return start, end, None, _walk(library, (), steps, again)


def _unknown_start(folded: str, end: int) -> int | None:
    """Return where the title of some other document begins that stands before ``end``; None when none does."""
    unknown = _UNKNOWN_TITLE.search(folded, max(0, end - 30), end)
    if unknown is None:
        return None
    title = _NO_TITLE.sub("", unknown.group(1))
    return unknown.end(1) - len(title) if len(title) > 2 or title in _SHORT_LAWS else None


def _is_another(library: Library, folded: str, start: int, slugs: tuple[str, ...]) -> bool:
    """Say whether the words before a short name make it another document's: 备案 before 工作指引."""
    before = re.search(r"[\u4e00-\u9fff]{2}$", folded[:start])
    if before is None or _NO_TITLE.fullmatch(before.group()):
        return False
    for slug in slugs:
        document = library.document(slug)
        if before.group() in document.text or before.group() in document.front.issuer:
            return False
    return True


def _title_ending(library: Library, folded: str, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Return where 《title》, with or without a qualifier, begins that ends at ``end``, and whose it is."""
    title = _TITLE_BEFORE.search(folded, 0, end)
    if title is None:
        return None
    slugs = library.titles.find(title.group(1))
    return title.start(), library.titles.qualified(slugs, title.group(2)) if title.group(2) else slugs


def _english(library: Library, folded: str) -> Iterator[Reference]:
    position = 0
    for match in _ENGLISH_PLACE.finditer(folded):
        steps, end = read_english_steps(folded, match.start())
        if not steps or match.start() < position:
            continue
        position = end
        start = match.start()
        slugs: tuple[str, ...] = ()
        before = len(re.sub(r"[\s,·]+$", "", folded[:start]))
        named = _title_ending(library, folded, before) or library.titles.ending_at(folded, before)
        of = _ENGLISH_OF.match(folded, end)
        after = library.titles.starting_at(folded, of.end()) if of else None
        if named:
            start, slugs = named
        elif after:
            end, slugs = after
        again = _ENGLISH_AGAIN.match(folded, end)
        end = again.end() if again else end
        for ids in _walk(library, slugs, steps, int(again.group(1)) if again else 0):
            yield Reference(Span(start, end), ids, "")
