"""Look up 「《法规》第N条」: the article of that number under that title, by a key that is never tokenized."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.numerals import NUMERAL, read_number
from index.passage import Kind, Passage

_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL}))?")
_LABELLED = re.compile(rf"^(?P<title>.*\S)\s*第\s*{NUMERAL}\s*条(?:\s*之\s*{NUMERAL})?$")
_AFTER = re.compile(r"\s*(?:[（(〔\[][^）)〕\]]*[）)〕\]])?\s*(?:中|里|的|规定)*的?\s*$")
"""What may stand between a title in 《》 and the number."""
_RUN = re.compile(r"[一-鿿、·\s（）()0-9《》〈〉]+$")
_MARKS = re.compile(r"[\s《》〈〉（）()〔〕\[\]]")
_OTHER_QUOTES = "」』”’"
_ASIDE = re.compile(r"\s*[（(〔\[][^（(〔\[）)〕\]]*[）)〕\]]\s*$")
"""What a title may end with and be called without: （试行）, （2017年修订）."""
_SAID_SHORT = "~"
_STATE = "中华人民共和国"
_LONGEST_TITLE = 80
_SHORTEST_TITLE = 2

Keys = NDArray[np.uint64]


def keys_of(passage: Passage) -> Iterator[int]:
    """Yield the keys under which a passage is looked up: its article's number under its title."""
    if passage.kind is not Kind.TEXT:
        return
    labelled = _LABELLED.match(passage.heading)
    if labelled:
        article = _ARTICLE.search(passage.heading, labelled.end("title"))
        title = labelled["title"]
    else:
        article = _ARTICLE.match(passage.text)
        title = passage.heading.split(" ", 1)[0]
    if article and title:
        number = _number(article)
        yield _key(_plain(title), number)
        if _bare(title) != _plain(title):
            yield _key(f"{_SAID_SHORT}{_bare(title)}", number)


def write_articles(path: Path, passages: Sequence[Passage], entries: Sequence[int]) -> None:
    """Write the keys of passages, sorted, each with the entry that it leads to; ``entries`` runs beside ``passages``."""
    found = {
        (key, int(entry))
        for passage, entry in zip(passages, entries, strict=True)
        for key in keys_of(passage)
    }
    np.save(path, np.array(sorted(found), dtype=np.uint64).reshape(-1, 2))


class Articles:
    """The look-up of a generation."""

    def __init__(self, path: Path) -> None:
        rows = np.load(path, mmap_mode="r").view(np.ndarray)
        self._keys: Keys = np.ascontiguousarray(rows[:, 0])
        self._entries = rows[:, 1].astype(np.int64)

    def find(self, query: str) -> NDArray[np.int64]:
        """Return the entries of the articles that a question names by title and number; usually none."""
        found: list[int] = []
        for article in _ARTICLE.finditer(query):
            number = _number(article)
            for title in _titles_before(query[: article.start()]):
                if entries := self._at(_key(title, number)):
                    found.extend(entries)
                    break
        return np.array(list(dict.fromkeys(found)), dtype=np.int64)

    def _at(self, key: int) -> list[int]:
        first, last = (np.searchsorted(self._keys, np.uint64(key), side=side) for side in ("left", "right"))
        entries: list[int] = self._entries[first:last].tolist()
        return entries


def _titles_before(text: str) -> Iterator[str]:
    """Yield what may be the title that stands before 第N条, as it is keyed, the likeliest first.

    It is what stands in 《》, or that with words around it; without 《》, an end of the sentence, the longest that is one.
    """
    quoted = _quoted_at_end(_AFTER.sub("", text))
    run = _RUN.search(text.rstrip(_OTHER_QUOTES))
    shortest = len(_plain(quoted)) if quoted else _SHORTEST_TITLE
    for words in dict.fromkeys(form(run[0]).removesuffix("的") for form in (_plain, _bare) if run):
        for start in range(max(len(words) - _LONGEST_TITLE, 0), len(words) - shortest + 1):
            yield words[start:]
            yield f"{_SAID_SHORT}{words[start:]}"
    if quoted:
        for title in (_plain(quoted), _bare(quoted)):
            yield title
            yield f"{_SAID_SHORT}{title}"


def _quoted_at_end(text: str) -> str:
    """Return the title in 《》 that a text ends with, which may have another in it; empty when it ends with none."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {"》": 1, "《": -1}.get(text[place], 0)
        if depth == 0:
            return text[place + 1 : -1]
    return ""


def _plain(title: str) -> str:
    """Return a title without brackets and spaces, and without the state's name, also within it."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).replace(_STATE, "")


def _bare(title: str) -> str:
    """Return a title in the same way, without what stands in parentheses at its end."""
    return _plain(_ASIDE.sub("", title))


def _number(article: re.Match[str]) -> str:
    main, second = (read_number(group) if group else None for group in article.groups())
    return f"{main}-{second}" if second is not None else f"{main}"


def _key(title: str, number: str) -> int:
    return int.from_bytes(blake2b(f"{title}#{number}".encode(), digest_size=8).digest())
