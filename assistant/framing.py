"""Frame material for a language model: prompts from text files, keys that say nothing, and no way out of the frame."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.guard import Refusal, refusal
from assistant.mask import masked
from assistant.question import Language
from corpus.shadow import shadow

PROMPTS = Path(__file__).with_name("prompts")
MOST_TOKENS = 3000
"""Of one prompt."""
_KEPT_FREE = 100
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\uffef\u3000-\u303f“”‘’—…·]")
_FRAME: dict[int, int] = {ord(mark): ord(wide) for mark, wide in zip("<>[]", "＜＞［］", strict=True)}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent."""

    system: str
    user: str

    @property
    def tokens(self) -> int:
        """About how many tokens it has."""
        return tokens_of(self.system) + tokens_of(self.user)

    @property
    def room(self) -> int:
        """Tokens that may still be added to it."""
        return MOST_TOKENS - _KEPT_FREE - self.tokens


def tokens_of(text: str) -> int:
    """Return about how many tokens ``text`` has, rather too many than too few; no tokenizer is asked."""
    chinese = len(_CJK.findall(text))
    return chinese + -(-(len(text) - chinese) // 3)


def data(text: str, *, limit: int | None = None) -> str:
    """Return ``text`` on one line, unable to end the frame it stands in; with ``limit``, its first characters."""
    return re.sub(r"\s+", " ", text.translate(_FRAME)).strip()[:limit]


def said(text: str, *, limit: int) -> str:
    """Return what a person said as :func:`data`, personal numbers masked."""
    return data(masked(text), limit=limit)


def is_order(text: str) -> bool:
    """Say whether a text of the documents reads like an order to the program; such a text is never shown to a model."""
    return refusal(shadow(text).text) is Refusal.OVERRIDE


def keys(question: str) -> Iterator[str]:
    """Yield keys such as ``K27`` that depend on nothing but the question."""
    numbers = list(range(10, 100))
    random.Random(question).shuffle(numbers)
    return (f"K{number}" for number in numbers)


def filled(template: str, **values: str) -> str:
    """Fill the named gaps of a template; what is filled in is not looked through for gaps."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), template)


@cache
def parts(name: str, language: Language) -> dict[str, str]:
    """Return the sections of a prompt file by their headings."""
    path = PROMPTS / f"{name}.{'en' if language is Language.ENGLISH else 'zh'}.txt"
    sections = re.split(r"^## (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], (text.rstrip("\n") for text in sections[1::2]), strict=True))
