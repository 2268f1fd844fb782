"""Read .txt and .md."""

from pathlib import Path

from corpus.clean import Undecodable, decode, is_text
from corpus.readers.errors import FileUnreadable


def read_plain(path: Path, content: bytes) -> str:
    """Return the text of a plain file; raises FileUnreadable when it is none."""
    try:
        text = decode(content)
    except Undecodable as error:
        raise FileUnreadable(path, f"not readable as text ({error}).", fix="Save it as UTF-8.") from error
    if not is_text(text):
        raise FileUnreadable(
            path, "this is not a text file.", fix="Give the text, a .docx, a .pdf or a .html file."
        )
    return text
