"""Read ``text.md``: the YAML between two ``---`` lines, and the official text below it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import yaml

from corpus.document import FrontMatter
from corpus.errors import ExplainedError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATES = frozenset({"issued_on", "effective_on", "period_start", "period_end", "repealed_on", "checked_on"})
_CHOICES = {"article_ids": ("long", "short")}
_SYNONYMS = {
    "date": "issued_on",
    "effective": "effective_on",
    "url": "official_page",
    "source": "official_page",
}
_DAY = re.compile(r"([12][0-9]{3})\s*[年/.-]\s*([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})\s*日?")
_NAMES = frozenset(field.name for field in fields(FrontMatter))


class DocumentUnreadable(ExplainedError):
    """A document's file cannot be taken into the corpus; names the file and what to change."""

    def __init__(self, path: Path, what: str, *, fix: str = "") -> None:
        super().__init__(f"{path}: {what}", fix=fix)
        self.path = path


def read_text_file(path: Path) -> tuple[FrontMatter, str]:
    """Return the front matter and the untouched text of one ``text.md``.

    Front matter that means nothing here is passed over, unless it looks like a misspelt name.
    Raises DocumentUnreadable for a file that is missing, is not UTF-8, has no or faulty front matter, or no text.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(
            path, f"not UTF-8 (byte {error.start}).", fix="Save the file as UTF-8."
        ) from error
    except OSError as error:
        raise DocumentUnreadable(path, f"cannot be read: {error.strerror}.") from error
    head, text = _divide(path, content)
    front = _read_front(path, head)
    if not text.strip():
        raise DocumentUnreadable(
            path, "there is no text below the front matter.", fix="Put the official text there."
        )
    return front, text


def _divide(path: Path, content: str) -> tuple[str, str]:
    lines = content.splitlines(keepends=True)
    if lines and lines[0].rstrip() == "---":
        length = len(lines[0])
        for line in lines[1:]:
            length += len(line)
            if line.rstrip() == "---":
                return content[len(lines[0]) : length - len(line)], content[length:]
    raise DocumentUnreadable(
        path,
        "there is no front matter.",
        fix="Begin the file with a line ---, then `title: …`, then another line ---, then the text.",
    )


def _read_front(path: Path, head: str) -> FrontMatter:
    try:
        data = yaml.load(head, Loader=_LOADER)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        place = f" near line {where.line + 2}" if where is not None else ""
        raise DocumentUnreadable(
            path, f"the front matter is not valid YAML{place}.", fix="Quote values that contain a colon."
        ) from error
    if not isinstance(data, Mapping):
        raise DocumentUnreadable(
            path, "the front matter holds no `key: value` lines.", fix="Give at least `title: …`."
        )
    known = {}
    for key, value in data.items():
        name = _SYNONYMS.get(str(key), str(key))
        if name in _NAMES:
            known[name] = value
        elif close := get_close_matches(name, _NAMES, n=1, cutoff=0.8):
            raise DocumentUnreadable(path, f"unknown front matter: {key}.", fix=f"Did you mean {close[0]}?")
    values = {key: _read_value(path, key, value) for key, value in known.items() if value is not None}
    if not values.get("title"):
        raise DocumentUnreadable(path, "the front matter has no title.", fix="Add a line `title: …`.")
    return FrontMatter(**values)  # type: ignore[arg-type]


def _read_value(path: Path, key: str, value: object) -> object:
    """Return ``value`` as the type that its field has, or say what was expected."""
    if key in _DATES:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if day := _DAY.fullmatch(str(value).strip()):
            with suppress(ValueError):
                return date(*(int(part) for part in day.groups()))
        raise DocumentUnreadable(path, f"{key} is not a date: {value!r}.", fix="Write it as 2021-10-14.")
    if key == "official":
        if isinstance(value, bool):
            return value
        raise DocumentUnreadable(path, f"official is neither true nor false: {value!r}.")
    if key == "order":
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise DocumentUnreadable(path, f"order is not a whole number: {value!r}.")
    if key == "aliases":
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        raise DocumentUnreadable(path, "aliases is not a list.", fix="Write it as `aliases: [one, two]`.")
    if isinstance(value, (list, dict)):
        raise DocumentUnreadable(path, f"{key} is not a line of text.")
    written = str(value).strip()
    if key in _CHOICES and written not in _CHOICES[key]:
        raise DocumentUnreadable(
            path, f"{key} is {written!r}.", fix=f"It may be: {', '.join(_CHOICES[key])}."
        )
    return written
