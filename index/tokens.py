"""Cut words into what BM25 counts: characters, character pairs, and whole ASCII words and numbers.

No dictionary: a word of one or two characters is always found. A token is a 64-bit number, so that a vocabulary is a
sorted array: a character is its code point, a pair is two code points side by side, an ASCII word a digest.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[a-z0-9]+")
_RUN = re.compile(r"[a-z0-9]+|[^\W_\x00-\x7f]+")
_WORD_BIT = 1 << 63
_PAIR = 32

Tokens = NDArray[np.uint64]


def shadow(text: str) -> str:
    """Return the text as it is counted: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def count_tokens(text: str) -> Counter[int]:
    """Count the tokens of one text, such as a question."""
    counts: Counter[int] = Counter()
    for run in _RUN.findall(shadow(text)):
        if run[0].isascii():
            counts[word_token(run)] += 1
            continue
        points = [ord(character) for character in run]
        counts.update(points)
        counts.update(first << _PAIR | second for first, second in pairwise(points))
    return counts


def word_token(word: str) -> int:
    """Return the token of an ASCII word or number."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) | _WORD_BIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Which texts have which tokens, token by token."""

    vocabulary: Tokens
    """Sorted."""
    starts: NDArray[np.int64]
    """Where each token's texts begin in ``rows``; one longer than the vocabulary."""
    rows: NDArray[np.int32]
    """Positions of texts, ascending within a token."""
    often: NDArray[np.uint8]
    """How often that text has that token, at most 255."""


def count_all(texts: Sequence[str]) -> Counts:
    """Count the tokens of many texts at once, each as :func:`count_tokens` would."""
    shadows = [shadow(text).replace("\0", " ") for text in texts]
    whole = "\0".join([*shadows, ""])
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.fromiter((len(each) + 1 for each in shadows), dtype=np.int64, count=len(shadows))
    rows = np.repeat(np.arange(len(shadows), dtype=np.int64), sizes)
    letters, ranks = _rank_letters(points)
    words, word_ranks, word_at = _rank_words(whole)
    count = len(letters)
    singles = np.flatnonzero(ranks >= 0)
    pairs = np.flatnonzero((ranks[:-1] >= 0) & (ranks[1:] >= 0))
    width = max(len(texts), 1).bit_length()
    both = np.concatenate(
        (
            ranks[singles] << width | rows[singles],
            (count + ranks[pairs] * count + ranks[pairs + 1]) << width | rows[pairs],
            (count + count * count + word_ranks) << width | rows[word_at],
        )
    )
    both.sort()
    changes = np.flatnonzero(both[1:] != both[:-1]) + 1
    first = np.concatenate((np.zeros(min(len(both), 1), dtype=np.int64), changes))
    often = np.minimum(np.diff(np.append(first, len(both))), 255).astype(np.uint8)
    both = both[first]
    codes = both >> width
    begins = np.concatenate(
        (np.zeros(min(len(codes), 1), dtype=np.int64), np.flatnonzero(np.diff(codes)) + 1)
    )
    return Counts(
        vocabulary=_decode(codes[begins], letters, words),
        starts=np.append(begins, len(codes)),
        rows=(both & ((1 << width) - 1)).astype(np.int32),
        often=often,
    )


def _rank_letters(points: NDArray[np.uint32]) -> tuple[Tokens, NDArray[np.int64]]:
    """Return the code points that count as characters, and each position's rank among them, or -1."""
    present = np.flatnonzero(np.bincount(points)) if len(points) else np.zeros(0, dtype=np.int64)
    letters = [point for point in present.tolist() if point > 0x7F and _RUN.match(chr(point))]
    table = np.full(int(present[-1]) + 1 if len(present) else 1, -1, dtype=np.int64)
    table[letters] = np.arange(len(letters))
    return np.array(letters, dtype=np.uint64), table[points]


def _rank_words(whole: str) -> tuple[Tokens, NDArray[np.int64], NDArray[np.int64]]:
    """Return the sorted tokens of the ASCII words, and each word's rank among them and its position."""
    known: dict[str, int] = {}
    tokens: list[int] = []
    places: list[int] = []
    for match in _WORD.finditer(whole):
        word = match.group()
        token = known.get(word)
        if token is None:
            token = known[word] = word_token(word)
        tokens.append(token)
        places.append(match.start())
    vocabulary, ranks = np.unique(np.array(tokens, dtype=np.uint64), return_inverse=True)
    return vocabulary, ranks.astype(np.int64), np.array(places, dtype=np.int64)


def _decode(codes: NDArray[np.int64], letters: Tokens, words: Tokens) -> Tokens:
    """Turn the numbers that count_all sorts by back into tokens; the order stays."""
    count = len(letters)
    single, pair = codes < count, codes < count + count * count
    inner = codes[~single & pair] - count
    return np.concatenate(
        (
            letters[codes[single]],
            letters[inner // max(count, 1)] << np.uint64(_PAIR) | letters[inner % max(count, 1)],
            words[codes[~pair] - count - count * count],
        )
    )
