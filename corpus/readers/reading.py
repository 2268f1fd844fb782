"""Read a file of any kind into a text and a guess at its front matter, and write both as ``text.md``."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import yaml

from corpus.clean import clean
from corpus.document import FrontMatter
from corpus.locator import Block, find_blocks
from corpus.masthead import DATE, find_body, find_closing
from corpus.readers.errors import FileUnreadable
from corpus.readers.plain import read_plain
from corpus.titles import NUMBER, fold

LARGEST_FILE = 64_000_000
"""Bytes."""
LARGEST_TEXT = 5_000_000
"""Characters; the longest code of laws has a tenth of that."""

_PLAIN = frozenset({".txt", ".md", ".markdown", ".text"})
_WEB = frozenset({".html", ".htm", ".xhtml"})
_KINDS = re.compile(
    r"(条例|办法|规定|规则|细则|章程|准则|解释|决定|决议|意见|通知|通告|公告|方案|计划|规划|纲要|指引|指南|批复|函|报告|法典|法)(?:[（(].{1,12}[）)])?$"
)
_EFFECTIVE = re.compile(
    r"自\s*([12][0-9]{3})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日\s*起(?:施行|实施|执行|生效)"
)
_ISSUED = re.compile(r"([12][0-9]{3})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")


def read_document(path: Path) -> tuple[FrontMatter, str]:
    """Return what a file's text seems to be (title, number, dates, issuer; to be checked by a person) and the text.

    Reads .txt, .md, .docx, .pdf and .html. Raises FileUnreadable when the file is missing, empty, enormous, damaged,
    a scan, or of another kind; each says what to do.
    """
    content = _bytes_of(path)
    suffix = path.suffix.lower()
    known: dict[str, str] = {}
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        from corpus.readers.pdf import read_pdf

        text = read_pdf(path, content)
    elif suffix in (".docx", ".doc", ".docm", ".wps"):
        from corpus.readers.word import read_word

        text = read_word(path, content)
    elif suffix in _WEB:
        from corpus.readers.web import read_web

        text, known = read_web(path, content)
    elif suffix in _PLAIN or not suffix:
        text = read_plain(path, content)
    else:
        raise FileUnreadable(
            path, f"files of the kind {suffix} are not read.", fix="Save it as .docx, .pdf, .html or .txt."
        )
    text = clean(text)
    if not text.strip():
        raise FileUnreadable(path, "there is no text in it.", fix="Give a file that has the text.")
    if len(text) > LARGEST_TEXT:
        raise FileUnreadable(
            path, f"more than {LARGEST_TEXT:,} characters.", fix="Split it into its documents."
        )
    return guess_front(text, fallback=known.get("title") or path.stem), text


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1_000_000
            raise FileUnreadable(path, f"larger than {limit} MB.", fix="Take the pictures out, or split it.")
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, f"cannot be read: {error.strerror or error}.") from error
    if not content.strip(b"\x00 \t\r\n"):
        raise FileUnreadable(path, "the file is empty.", fix="Give a file that has the text.")
    return content


def guess_front(text: str, *, fallback: str) -> FrontMatter:
    """Return what the text says of itself: title, number, issuer, dates, kind; ``fallback`` is the title if it has none."""
    blocks = find_blocks(text)
    title = _title(blocks) or fallback
    body = find_body(blocks, title)
    head = " ".join(block.line for block in blocks[: body + 3])
    number = next((match for match in NUMBER.finditer(fold(head)) if "令" not in match.group()), None)
    closing = find_closing(blocks, body, len(blocks), after_articles=False)
    signatures = [block.line for block in blocks[closing:]]
    dates = [read for line in reversed(signatures) if DATE.match(line) and (read := _date(_ISSUED, line))]
    adopted = max((day for block in blocks[1:body] if (day := _date(_ISSUED, block.line))), default=None)
    kind = _KINDS.search(title)
    names = [
        re.sub(r"\s+", " ", line)
        for line in signatures
        if not DATE.match(line) and not re.search(r"附件|特此|[（(]", line)
    ]
    return FrontMatter(
        title=title,
        kind=kind.group(1) if kind else "",
        number=head[number.start() : number.end()].strip() if number else "",
        issuer=" ".join(names[:3]) if dates else "",
        issued_on=dates[0] if dates else adopted,
        effective_on=_date(_EFFECTIVE, text),
        status="试行" if re.search(r"[（(]试行[）)]", title) else "",
    )


def _title(blocks: list[Block]) -> str:
    """Return the first lines that make a title; a heading of Markdown before any other."""
    for block in blocks[:12]:
        if block.hashes == 1 and block.mark is None:
            return block.line
    parts: list[str] = []
    for block in blocks[:8]:
        line = block.line
        usual = block.mark is None and block.last not in "。：；" and len(line) <= 60
        if (
            not usual
            or NUMBER.search(fold(line))
            or DATE.match(line)
            or re.match(r"[（(]|[12][0-9]{3}年|根据", line)
        ):
            if parts:
                break
            continue
        if re.fullmatch(r"附\s*件\s*[0-9一二三四五六七八九十]*|目\s*录", line):
            continue
        parts.append(line)
        if _KINDS.search(line):
            break
    if parts and not _KINDS.search(parts[-1]):
        parts = parts[:1]
    return "".join(parts)


def _date(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(fold(text))
    if match is None:
        return None
    year, month, day = (int(group) for group in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def compose(front: FrontMatter, text: str) -> str:
    """Return the contents of a ``text.md``: the front matter that is known, and the text."""
    default = FrontMatter(title="")
    known = {
        field.name: list(value) if isinstance(value, tuple) else value
        for field in fields(front)
        if (value := getattr(front, field.name)) != getattr(default, field.name)
    }
    return f"---\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)}---\n{text}"


def import_document(path: Path, folder: Path, slug: str, **corrections: object) -> Path:
    """Read a file into ``folder/slug/text.md`` and return that path; ``corrections`` go before what was guessed.

    Raises FileUnreadable, also when that document exists already.
    """
    target = folder / slug / "text.md"
    if target.exists():
        raise FileUnreadable(
            path, f"there is a document {slug} already.", fix=f"Choose another name, or remove {target}."
        )
    front, text = read_document(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compose(replace(front, **corrections), text).encode("utf-8"))  # type: ignore[arg-type]
    return target
