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
_TITLE = re.compile(r"《([^《》]+)》\s*(?:[（(〔\[][^）)〕\]]*[）)〕\]])?\s*(?:中|里|的|规定)*的?\s*$")
_RUN = re.compile(r"[一-鿿、·\s（）()0-9]+$")
_ASIDE = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
_STATE = "中华人民共和国"
_LONGEST_TITLE = 60
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
        yield _key(_plain(title), _number(article))


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
                entries = self._at(_key(title, number))
                if entries:
                    found.extend(entries)
                    break
        return np.array(list(dict.fromkeys(found)), dtype=np.int64)

    def _at(self, key: int) -> list[int]:
        first, last = (np.searchsorted(self._keys, np.uint64(key), side=side) for side in ("left", "right"))
        entries: list[int] = self._entries[first:last].tolist()
        return entries


def _titles_before(text: str) -> Iterator[str]:
    """Yield what may be the title that stands before 第N条: the one in 《》, else ever shorter ends of the sentence."""
    quoted = _TITLE.search(text)
    if quoted:
        yield _plain(quoted[1])
        return
    run = _RUN.search(text)
    if run is None:
        return
    words = _plain(run[0])[-_LONGEST_TITLE:].removesuffix("的")
    for start in range(len(words) - _SHORTEST_TITLE + 1):
        yield words[start:].removeprefix(_STATE)


def _plain(title: str) -> str:
    """Return a title without brackets, spaces, what stands in parentheses, and the state's name."""
    text = _ASIDE.sub("", unicodedata.normalize("NFKC", title))
    return re.sub(r"[\s《》]", "", text).removeprefix(_STATE)


def _number(article: re.Match[str]) -> str:
    main, second = (read_number(group) if group else None for group in article.groups())
    return f"{main}-{second}" if second is not None else f"{main}"


def _key(title: str, number: str) -> int:
    return int.from_bytes(blake2b(f"{title}#{number}".encode(), digest_size=8).digest())
