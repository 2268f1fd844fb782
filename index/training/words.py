"""Cut statutes into words and make a tokenizer that cuts the same way without a dictionary program."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

import jieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

NOT_A_WORD = r"[^0-9a-z\u4e00-\u9fff]+"
UNKNOWN = "[UNK]"


def normalise(text: str) -> str:
    """Fold widths and case, and put one blank for whatever is neither Han, Latin letter nor digit."""
    return re.sub(NOT_A_WORD, " ", unicodedata.normalize("NFKC", text).lower()).strip()


def teach(words: Iterable[str]) -> None:
    """Add words to the dictionary by which this process cuts."""
    jieba.setLogLevel(60)
    for word in words:
        if 2 <= len(word) <= 8:
            jieba.add_word(word)


def cut(text: str) -> list[str]:
    """Cut one text into dictionary words and single characters."""
    return [word for word in jieba.cut(normalise(text), HMM=False) if word != " "]


def cut_all(texts: list[str], *, taught: list[str], processes: int = 2) -> list[list[str]]:
    """Cut many texts, in order, after teaching every process the same words."""
    with ProcessPoolExecutor(processes, initializer=teach, initargs=(taught,)) as pool:
        return list(pool.map(cut, texts, chunksize=2000))


def choose_words(
    statutes: list[list[str]], everyday: list[list[str]], kept: Iterable[str], *, at_least: int
) -> Counter[str]:
    """Count words and keep the frequent ones, every character, what people say in questions, and `kept`."""
    counts = Counter(word for words in statutes for word in words)
    spoken = Counter(word for words in everyday for word in words)
    chosen: Counter[str] = Counter()
    for word, count in (counts + spoken).items():
        if len(word) == 1 or count >= at_least or spoken[word] >= 2:
            chosen[word] = count
        for character in word:
            chosen[character] += 0
    for word in kept:
        if 2 <= len(word) <= 8:
            chosen[word] = max(chosen[word], at_least)
        for character in word:
            chosen[character] += 0
    for character in "0123456789abcdefghijklmnopqrstuvwxyz":
        chosen[character] += 0
    return chosen


def build_tokenizer(counts: Counter[str]) -> Tokenizer:
    """Make a Unigram tokenizer whose best path is the likeliest cut into the counted words."""
    total = sum(counts.values()) + len(counts)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    scores = [(word, round(math.log((counts[word] + 0.5) / total), 3)) for word in words]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, -40.0), *scores], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(NOT_A_WORD), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
