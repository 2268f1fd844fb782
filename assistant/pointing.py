"""Read a model's answer as it arrives: statements, each pointing at the evidence it rests on.

Two forms are understood whichever was asked for: JSON (``{"statements": [{"keys": ["K27"], "text": "…"}]}``) and lines
(``[K27,K31] 句子``). What is neither, and what points at nothing, is no statement.
"""

import json
import re
from dataclasses import dataclass

_KEY = re.compile(r"K\s?(\d{1,4})", re.IGNORECASE)
_KEYS = r"(?:K\s?\d{1,4}(?:\s*(?:[,，、;；/&]|和|and)?\s*K\s?\d{1,4})*)"
_MARK = re.compile(
    rf"\**[\[【(（〔「<]\s*{_KEYS}\s*[\]】)）〕」>]\**\s*[:：]?|(?:(?<=\s)|^){_KEYS}\s*[:：|]", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•·>]+|\d{1,2}[.)、．](?!\d)|（\d{1,2}）)\s*")
_END = re.compile(r"[。！？!?；](?:[”’」』）)]*)|\.(?=\s|$)")
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_LONGEST = 20_000
"""Characters of an answer after which no more is read."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with the keys it points at, as the model gave them."""

    text: str
    keys: tuple[str, ...]


class Reader:
    """Takes an answer piece by piece and gives back each statement once it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0
        self._thought = False

    def feed(self, piece: str) -> list[Statement]:
        """Return the statements that ``piece`` completes."""
        if len(self._text) < _LONGEST:
            self._text += piece
        return self._further(whole=False)

    def close(self) -> list[Statement]:
        """Return what is left when the answer ended of its own accord."""
        return self._further(whole=True)

    def _further(self, *, whole: bool) -> list[Statement]:
        text = _THINKING.sub("", self._text).lstrip()
        if "</think>" in text:
            text = text.rpartition("</think>")[2].lstrip()
            self._given, self._thought = (self._given, True) if self._thought else (0, True)
        if not whole and "<think>".startswith(text[:7].lower()):
            return []
        every = (
            _objects(text)
            if re.match(r"(?:```(?:json)?\s*)?[{\[]\s*(?:[\"{]|$)", text)
            else _lines(text, whole=whole)
        )
        further = every[self._given :]
        self._given = max(self._given, len(every))
        return further


def _objects(text: str) -> list[Statement]:
    """Return the innermost complete JSON objects that have words and keys."""
    found: list[Statement] = []
    starts: list[int] = []
    inside = escaped = False
    for place, character in enumerate(text):
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside, escaped = True, False
        elif character == "{":
            starts.append(place)
        elif character == "}" and starts:
            statement = _statement(text[starts.pop() : place + 1])
            if statement is not None:
                found.append(statement)
    return found


def _statement(text: str) -> Statement | None:
    try:
        values = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not isinstance(values.get("text"), str):
        return None
    return Statement(_clean(values["text"]), keys_in(json.dumps(values.get("keys", ""))))


def _lines(text: str, *, whole: bool) -> list[Statement]:
    found: list[Statement] = []
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        found += _statements(line, whole=whole or number < len(lines) - 1 or line.endswith(("\n", "\r")))
    return found


def _statements(line: str, *, whole: bool) -> list[Statement]:
    """Return the sentences of one line; keys stand before the sentences they belong to, or at the end of the line."""
    line = _BULLET.sub("", line)
    marks = list(_MARK.finditer(line))
    if not marks:
        return []
    if line[: marks[0].start()].strip():
        if not whole:
            return []
        said = _clean(_MARK.sub("", line))
        return [Statement(said, keys_in("".join(mark.group() for mark in marks)))] if said else []
    found: list[Statement] = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        part = line[mark.end() : after.start() if after else len(line)]
        for sentence in _sentences(part, whole=whole or after is not None):
            found.append(Statement(sentence, keys_in(mark.group())))
    return found


def _sentences(text: str, *, whole: bool) -> list[str]:
    """Split at sentence ends outside quotation marks; the last, unfinished, counts only when the line is whole."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        before = text[start : end.start()]
        after = text[end.end() : end.end() + 1]
        if len(end.group()) > 1 and (not whole if not after else not after.isspace()):
            continue
        if end.group().startswith("；") or (not whole and end.group() == "." and end.end() == len(text)):
            continue
        if before.count("“") > before.count("”") + end.group().count("”") or before.count(
            "（"
        ) > before.count("）") + end.group().count("）"):
            continue
        found.append(_clean(text[start : end.end()]))
        start = end.end()
    if whole:
        found.append(_clean(text[start:]))
    return [sentence for sentence in found if sentence]


def without_thinking(text: str) -> str:
    """Return a whole answer without what a model thought aloud before it."""
    return _THINKING.sub("", text).rpartition("</think>")[2]


def keys_in(text: str) -> tuple[str, ...]:
    """Return the keys that ``text`` names, each once, in their order."""
    return tuple(dict.fromkeys(f"K{number}" for number in _KEY.findall(text)))


def _clean(text: str) -> str:
    text = _MARK.sub("", text)
    return re.sub(r"\s+", " ", text.replace("**", "").replace("`", "")).strip(" \t\r\n-*#>")
