"""Make the files of a course: the same choices, changes and day make the same bytes."""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assistant.course import words
from assistant.course.papers import (
    Setter,
    answer_key,
    handout,
    question_paper,
    sheet_of_sources,
    speaker_notes,
)
from assistant.course.slides import slides
from assistant.office.media import POWERPOINT, WORD
from assistant.office.paper import Paper

ZIP = "application/zip"

_PAPERS: Mapping[str, Callable[[Setter], Paper]] = MappingProxyType(
    {
        "notes": speaker_notes,
        "handout": handout,
        "quiz": question_paper,
        "key": answer_key,
        "sources": sheet_of_sources,
    }
)
_PACKED = ("notes", "handout", "slides", "quiz", "key", "sources")
KINDS = (*_PACKED, "pack")
"""The files that can be had; ``pack`` holds all others."""


def name_of(kind: str, setter: Setter) -> str:
    """Return the name under which a file is saved; raises KeyError for a kind that is not in ``KINDS``."""
    ending = {"slides": "pptx", "pack": "zip"}.get(kind, "docx")
    whole = setter.say(words.PACK_FOLDER)
    return f"{whole}-{setter.say(words.FILES[kind])}.{ending}"


def type_of(kind: str) -> str:
    """Return a file's media type."""
    return {"slides": POWERPOINT, "pack": ZIP}.get(kind, WORD)


def write(kind: str, setter: Setter) -> bytes:
    """Return a file of the course; raises KeyError for a kind that is not in ``KINDS``."""
    if kind != "pack":
        return _settled(_made(kind, setter))
    held = {name_of(one, setter): write(one, setter) for one in _kinds(setter)}
    return _zipped(held)


def _made(kind: str, setter: Setter) -> bytes:
    # The libraries of office files take a fifth of a second to import, which opening the page need not take.
    if kind == "slides":
        from assistant.office.slides import write_slides

        return write_slides(slides(setter), made_on=setter.today)
    from assistant.office.word import write_word

    return write_word(_PAPERS[kind](setter), made_on=setter.today)


def _kinds(setter: Setter) -> list[str]:
    return [kind for kind in _PACKED if setter.pack.questions or kind not in ("quiz", "key")]


def _settled(content: bytes) -> bytes:
    """Return an office file without the time at which it was put together."""
    with ZipFile(io.BytesIO(content)) as file:
        return _zipped({name: file.read(name) for name in file.namelist()})


def _zipped(held: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name, content in held.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, content)
    return written.getvalue()
