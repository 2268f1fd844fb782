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
from assistant.office.slides import write_slides
from assistant.office.word import write_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"

_MAKERS: Mapping[str, Callable[[Setter], bytes]] = MappingProxyType(
    {
        "notes": lambda setter: write_word(speaker_notes(setter), made_on=setter.today),
        "handout": lambda setter: write_word(handout(setter), made_on=setter.today),
        "slides": lambda setter: write_slides(slides(setter), made_on=setter.today),
        "quiz": lambda setter: write_word(question_paper(setter), made_on=setter.today),
        "key": lambda setter: write_word(answer_key(setter), made_on=setter.today),
        "sources": lambda setter: write_word(sheet_of_sources(setter), made_on=setter.today),
    }
)
KINDS = (*_MAKERS, "pack")
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
        return _settled(_MAKERS[kind](setter))
    held = {name_of(one, setter): write(one, setter) for one in _kinds(setter)}
    return _zipped(held)


def _kinds(setter: Setter) -> list[str]:
    return [kind for kind in _MAKERS if setter.pack.questions or kind not in ("quiz", "key")]


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
