"""Know documents by their titles, by what people call them, and by their 文号."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from corpus.document import Document

FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "〔〕【】〈〉﹙﹚–—〜\u3000\xa0條項節編則號發組織實與於點", "[][]《》()--~  条项节编则号发组织实与于点"
)
"""One kind of bracket, digit and dash, and the few traditional characters that numbers come with; as long as before."""

NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[\[(]?\s*((?:19|20)[0-9]{2})\s*年?\s*[\])]?\s*(?:第\s*)?([0-9]{1,5})\s*号"
)
"""A 文号 in folded text: its letters, year and serial number."""

_TRIAL = re.compile(r"\((?:试行|暂行|修订|修正|[0-9]{4}年?(?:修订|修正|版)?)\)")
_PLACE = re.compile(r"^(?:中华人民共和国|[\u4e00-\u9fff]{2,8}?(?:特别行政区|自治区|自治州|自治县|省|市))")
_SHORTEST_PART = 4


def fold(text: str) -> str:
    """Return ``text`` in one kind of width, bracket and case, character for character."""
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text.translate(FOLDED)
    )


def squeeze(title: str) -> str:
    """Return a title as it is compared: folded, without white space and title marks."""
    return re.sub(r"[\s《》\u200b]", "", fold(title))


class Titles:
    """The names of a set of documents, looked up in constant time."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.slug: document for document in documents}
        names: dict[str, dict[str, int]] = defaultdict(dict)
        for slug, document in self._documents.items():
            for rank, name in _names(document):
                names[name].setdefault(slug, rank)
        self._names: Mapping[str, tuple[str, ...]] = {
            name: tuple(slug for slug, rank in owners.items() if rank == min(owners.values()))
            for name, owners in names.items()
            if name
        }
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        return {slug: squeeze(document.front.title) for slug, document in self._documents.items()}

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        known: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for slug, document in self._documents.items():
            match = NUMBER.search(fold(document.front.number))
            if match:
                known[_number_key(match)].append(slug)
        return {key: tuple(slugs) for key, slugs in known.items()}

    def find(self, name: str) -> tuple[str, ...]:
        """Return the documents of that name: whole title or alias first, else those whose title has it as a part.

        A title that ends in the name goes before one that merely contains it.
        """
        squeezed = squeeze(name)
        exact = self._names.get(squeezed) or self._names.get(_bare(squeezed))
        if exact or len(squeezed) < _SHORTEST_PART:
            return exact or ()
        bare = {slug: _bare(title) for slug, title in self._whole.items()}
        ending = tuple(slug for slug, title in self._whole.items() if title.endswith(squeezed))
        ending = ending or tuple(slug for slug, title in bare.items() if title.endswith(_bare(squeezed)))
        return ending or tuple(slug for slug, title in self._whole.items() if squeezed in title)

    def ending_at(self, folded: str, end: int) -> tuple[int, tuple[str, ...]] | None:
        """Return where the longest name that ends at ``end`` of a folded text begins, and whose name it is."""
        for length in self._lengths:
            if length <= end and folded[end - length : end] in self._names:
                return end - length, self._names[folded[end - length : end]]
        return None

    def starting_at(self, folded: str, start: int) -> tuple[int, tuple[str, ...]] | None:
        """Return where the longest name that starts at ``start`` of a folded text ends, and whose name it is."""
        for length in self._lengths:
            if folded[start : start + length] in self._names and start + length <= len(folded):
                return start + length, self._names[folded[start : start + length]]
        return None

    def with_number(self, match: re.Match[str]) -> tuple[str, ...]:
        """Return the documents that carry the 文号 found by ``NUMBER``, whose letters may follow other words."""
        letters, year, serial = _number_key(match)
        for begin in range(len(letters)):
            found = self._numbers.get((letters[begin:], year, serial))
            if found:
                return found
        return ()

    def label(self, slug: str) -> str:
        """Return 《title》, told apart from other documents of the same title by date, number or slug."""
        document = self._documents[slug]
        label = f"《{document.front.title}》"
        namesakes = self._namesakes[self._whole[slug]]
        return label if len(namesakes) == 1 else f"{label}（{self._told_apart(slug, namesakes)}）"

    @cached_property
    def _namesakes(self) -> Mapping[str, list[str]]:
        shared: dict[str, list[str]] = defaultdict(list)
        for slug, title in self._whole.items():
            shared[title].append(slug)
        return shared

    def _told_apart(self, slug: str, namesakes: list[str]) -> str:
        fronts = {name: self._documents[name].front for name in namesakes}
        for attribute in ("issued_on", "effective_on", "number"):
            values = [getattr(front, attribute) for front in fronts.values()]
            if all(values) and len(set(values)) == len(values):
                return str(getattr(fronts[slug], attribute))
        return slug

    def qualified(self, slugs: tuple[str, ...], qualifier: str) -> tuple[str, ...]:
        """Return those of ``slugs`` that a qualifier after the title picks; all when it picks none."""
        wanted = squeeze(qualifier)
        picked = tuple(
            slug
            for slug in slugs
            for front in [self._documents[slug].front]
            if wanted in (str(front.issued_on), str(front.effective_on), squeeze(front.number), slug.lower())
        )
        return picked or slugs

    def english(self, slug: str) -> str:
        """Return the English short title, or a longer one when documents share it; the Chinese one when there is none."""
        front = self._documents[slug].front
        for name in (front.short_title_en, front.title_en):
            if name and self._names.get(squeeze(name)) == (slug,):
                return name
        return self.label(slug)

    def chip(self, slug: str) -> str:
        """Return the shortest title that is this document's alone."""
        front = self._documents[slug].front
        if front.short_title and self._names.get(squeeze(front.short_title)) == (slug,):
            return front.short_title
        return front.title if self.label(slug) == f"《{front.title}》" else self.label(slug)


def _names(document: Document) -> Iterable[tuple[int, str]]:
    """Yield what a document is called; a lower rank goes before another document's higher one."""
    front = document.front
    title = squeeze(front.title)
    yield 0, title
    for name in (front.short_title, front.title_en, front.short_title_en, *front.aliases):
        yield 1, squeeze(name)
        yield 1, fold(name).strip()
    yield 1, _bare(title)
    yield 2, _PLACE.sub("", _bare(title))


def _bare(squeezed: str) -> str:
    """Return a title without 「(试行)」 and its like."""
    return _TRIAL.sub("", squeezed)


def _number_key(match: re.Match[str]) -> tuple[str, str, str]:
    return match.group(1), match.group(2), str(int(match.group(3)))
