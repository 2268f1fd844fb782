"""Read .docx, with the numbers that Word prints but does not store in the text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.numerals import CIRCLED, write_number
from corpus.readers.errors import FileUnreadable

_LARGEST_UNPACKED = 200_000_000


def read_word(path: Path, content: bytes) -> str:
    """Return the text of a Word document, a line for each paragraph and each row of a table.

    Raises FileUnreadable when it is damaged, has a password, or would unpack to more than 200 MB.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable(
            path, "an old Word file, or one with a password.", fix="Open it in Word and save it as .docx."
        )
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise FileUnreadable(
                    path, "it unpacks to more than 200 MB.", fix="Take the pictures out and save it again."
                )
        document = docx.Document(BytesIO(content))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise FileUnreadable(
            path, "the Word file is damaged.", fix="Open it in Word and save it again."
        ) from error
    numbers = _Numbers(document)
    return "\n".join(_lines(document, numbers))


def _lines(container: Any, numbers: "_Numbers") -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield numbers.of(block) + _text(block)
        elif isinstance(block, Table):
            for row in block.rows:
                cells: list[str] = []
                previous = None
                for cell in row.cells:
                    if cell._tc is not previous:
                        cells.append(
                            " ".join(_text(paragraph).strip() for paragraph in cell.paragraphs).strip()
                        )
                    previous = cell._tc
                yield "| " + " | ".join(cells) + " |"


def _text(paragraph: Paragraph) -> str:
    """Return a paragraph's words with accepted insertions, without deletions and without a picture's fallback."""
    written = ""
    for element in paragraph._p.iter():
        if element.tag == qn("w:t"):
            parents = {parent.tag for parent in element.iterancestors()}
            if "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback" not in parents:
                written += element.text or ""
        elif element.tag in (qn("w:br"), qn("w:cr")):
            written += "\n"
        elif element.tag == qn("w:tab") and element.getparent().tag == qn("w:r"):
            written += "\u3000"
        elif element.tag == qn("w:noBreakHyphen"):
            written += "-"
    return written


class _Numbers:
    """Counts the lists of a document as Word does when it prints them."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in numbering.findall(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"))): level for level in abstract.findall(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in numbering.findall(qn("w:num")):
            id = number.get(qn("w:numId"))
            self._lists[id] = number.find(qn("w:abstractNumId")).get(qn("w:val"))
            for override in number.findall(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    self._starts[id, int(override.get(qn("w:ilvl")))] = int(start.get(qn("w:val")))

    def of(self, paragraph: Paragraph) -> str:
        """Return the number that is printed before a paragraph, or nothing."""
        id, depth = _list_of(paragraph)
        levels = self._levels.get(self._lists.get(id, ""), {})
        if depth not in levels:
            return ""
        counts = self._counts[self._lists[id]]
        if (id, depth) in self._starts:
            counts.pop(depth, None)
        start = self._starts.pop((id, depth), _start_of(levels[depth]))
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        pattern = _value(levels[depth], "w:lvlText")
        if _value(levels[depth], "w:numFmt") in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            count = counts.get(level, _start_of(levels[level]) if level in levels else 1)
            return _written(count, _value(levels[level], "w:numFmt") if level in levels else "decimal")

        number = re.sub("%([1-9])", printed, pattern)
        separator = _value(levels[depth], "w:suff") or "tab"
        return number + (
            "" if separator == "nothing" or number.endswith(("、", "）", ")", ".", "．")) else "\u3000"
        )


def _list_of(paragraph: Paragraph) -> tuple[str, int]:
    """Return a paragraph's list and depth, from itself or from its style."""
    sources = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        sources.append(style.element.find(qn("w:pPr")))
        style = getattr(style, "base_style", None)
    id, depth = "", None
    for properties in sources:
        found = properties.find(qn("w:numPr")) if properties is not None else None
        if found is None:
            continue
        id = id or _value(found, "w:numId")
        level = _value(found, "w:ilvl")
        depth = int(level) if depth is None and level else depth
        if id:
            break
    return id, depth or 0


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return (child.get(qn("w:val")) or "") if child is not None else ""


def _start_of(level: Any) -> int:
    return int(_value(level, "w:start") or 1)


def _written(count: int, format: str) -> str:
    if format.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and 1 <= count <= 9999:
        return write_number(count)
    if format.startswith("decimalEnclosedCircle") and 1 <= count <= len(CIRCLED):
        return CIRCLED[count - 1]
    if format in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
        return chr((65 if format == "upperLetter" else 97) + count - 1)
    if format in ("upperRoman", "lowerRoman") and 1 <= count < 400:
        roman, rest = "", count
        for value, letters in (
            (100, "C"),
            (90, "XC"),
            (50, "L"),
            (40, "XL"),
            (10, "X"),
            (9, "IX"),
            (5, "V"),
            (4, "IV"),
            (1, "I"),
        ):
            roman += letters * (rest // value)
            rest %= value
        return roman if format == "upperRoman" else roman.lower()
    return str(count)
