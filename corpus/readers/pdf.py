"""Read .pdf: its text, without running heads and page numbers, its broken lines joined again."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from corpus.clean import RADICALS
from corpus.locator import TERMINAL, find_blocks
from corpus.readers.errors import FileUnreadable

_MOST_PAGES = 3000
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/,，]?\s*共?\s*[0-9]{1,4}\s*页?)?[-—–·\s]*"
)
_LEAST_PER_PAGE = 8
_LEAST_BROKEN = 0.6
"""How full a line without an end of sentence is, if it goes on in the next; shorter ones are headings."""
_SCANNED = "the pages are pictures (a scan) and hold no text."
_RECOGNISE = "Run a text recognition (OCR) over it, or ask the issuer for the Word file."


def read_pdf(path: Path, content: bytes) -> str:
    """Return the text of a PDF file.

    Raises FileUnreadable when it is damaged, has a password, has too many pages, or is a scan without text.
    """
    pages = [_lines(page) for page in _pages(path, content)]
    characters = sum(len(re.sub(r"\s", "", line)) for lines in pages for line in lines)
    if characters < _LEAST_PER_PAGE * len(pages):
        raise FileUnreadable(path, _SCANNED, fix=_RECOGNISE)
    kept = _without_running_heads(pages)
    return _joined([line for lines in kept for line in lines])


def _pages(path: Path, content: bytes) -> list[str]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileUnreadable(
                path, "it has a password.", fix="Save a copy without the password."
            ) from error
        raise FileUnreadable(
            path, "the PDF file is damaged.", fix="Fetch it again, or print it to a new PDF file."
        ) from error
    try:
        if len(document) > _MOST_PAGES:
            raise FileUnreadable(path, f"it has more than {_MOST_PAGES} pages.", fix="Split it.")
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
        return texts
    except pdfium.PdfiumError as error:
        raise FileUnreadable(
            path, "the PDF file is damaged.", fix="Fetch it again, or print it to a new PDF file."
        ) from error
    finally:
        document.close()


def _lines(text: str) -> list[str]:
    text = text.translate(RADICALS).replace("\ufffe", "").replace("\u0002", "")
    return [line.rstrip() for line in re.split(r"\r\n|\r|\n", text) if line.strip()]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and what stands first or last on most of at least three pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({re.sub("[0-9]", "", line) for line in (*lines[:2], *lines[-2:])})
    often = {line for line, count in edges.items() if len(pages) >= 3 and count * 2 > len(pages)}

    def runs(line: str) -> bool:
        return _PAGE_NUMBER.fullmatch(line) is not None or re.sub("[0-9]", "", line) in often

    kept = []
    for lines in pages:
        start, end = 0, len(lines)
        while start < min(2, end) and runs(lines[start]):
            start += 1
        while end > max(start, len(lines) - 2) and runs(lines[end - 1]):
            end -= 1
        kept.append(lines[start:end])
    return kept


def _joined(lines: list[str]) -> str:
    """Join the lines that the page's edge broke: full ones, unless the next begins a provision or a paragraph."""
    widths = sorted(len(line) for line in lines)
    full = widths[int(len(widths) * 0.9)] - 2 if widths else 0
    text = ""
    for position, line in enumerate(lines):
        text += line.strip(" ")
        if position + 1 == len(lines):
            break
        following = lines[position + 1]
        begins = following.startswith(("\u3000", "  ")) or any(block.mark for block in find_blocks(following))
        ends = len(line) < full and (line[-1] in TERMINAL or len(line) < full * _LEAST_BROKEN)
        text += "\n" if begins or ends else _between(line, following)
    return text


def _between(line: str, following: str) -> str:
    """Return the space between two words in Latin letters that a line's end came between."""
    latin = (
        line[-1:].isascii() and line[-1:].isalnum() and following[:1].isascii() and following[:1].isalnum()
    )
    return " " if latin else ""
