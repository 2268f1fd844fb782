"""Read a document's reference translation: ``en.md``, one ``## <id>`` heading per provision."""

import re
from collections.abc import Mapping
from pathlib import Path

from corpus.document import Document
from corpus.frontmatter import DocumentUnreadable

_HEADING = re.compile(r"^##[ \t]+(\S+)[ \t]*$", re.MULTILINE)


def read_translation(path: Path, document: Document) -> Mapping[str, str]:
    """Return the translation of each provision by id; empty when there is no such file.

    Raises DocumentUnreadable when a heading names no provision of ``document`` or names one twice.
    """
    if not path.exists():
        return {}
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(
            path, f"not UTF-8 (byte {error.start}).", fix="Save the file as UTF-8."
        ) from error
    found: dict[str, str] = {}
    headings = list(_HEADING.finditer(content))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        id = heading.group(1)
        if id not in document.provisions:
            raise DocumentUnreadable(path, f"there is no provision {id}.", fix="Correct the heading.")
        if id in found:
            raise DocumentUnreadable(path, f"{id} is translated twice.", fix="Keep one of them.")
        found[id] = content[heading.end() : following.start() if following else len(content)].strip()
    return found
