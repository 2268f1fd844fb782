"""Read .html: the article of the page, without the site around it."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from corpus.clean import Undecodable, decode
from corpus.readers.errors import FileUnreadable

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "aside",
)
_BODIES = (
    "#UCAP-CONTENT", "#zoom", "#mainText", "#fontzoom", ".TRS_Editor", ".trs_editor_view", ".article-content", ".pages_content",
    ".wz_con_content", "article", "main",
)  # fmt: skip
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tr",
        "ul",
    ]
)
_LEAST = 60


def read_web(path: Path, content: bytes) -> tuple[str, dict[str, str]]:
    """Return a page's text and what its head says of it (``title``, ``date``, ``source``).

    Raises FileUnreadable when there is no text in it.
    """
    declared = _DECLARED.search(content[:4096])
    try:
        page = BeautifulSoup(decode(content, declared=declared.group(1).decode() if declared else ""), "lxml")
    except Undecodable as error:
        raise FileUnreadable(
            path, f"not readable as text ({error}).", fix="Save the page as UTF-8."
        ) from error
    known = _head(page)
    for name in _DROPPED:
        for tag in page.find_all(name):
            tag.decompose()
    body = _body(page)
    text = "".join(_lines(body)) if body is not None else ""
    lines = [re.sub(r"[ \t\r\n]+", " ", line).rstrip(" ") for line in text.split("\n")]
    text = "\n".join(line.lstrip(" ") for line in lines)
    if not text.strip():
        raise FileUnreadable(
            path, "there is no text on the page.", fix="Copy the text from the browser into a .txt file."
        )
    title = known.get("title", "")
    return (text if not title or _squeezed(title) in _squeezed(text[:400]) else f"{title}\n\n{text}"), known


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _head(page: BeautifulSoup) -> dict[str, str]:
    metas = {
        str(meta.get("name", "")).lower(): str(meta.get("content", "")).strip()
        for meta in page.find_all("meta")
        if meta.get("content")
    }
    known = {
        "title": metas.get("articletitle", ""),
        "date": metas.get("pubdate", ""),
        "source": metas.get("contentsource", ""),
    }
    heading = page.find("h1")
    if not known["title"] and isinstance(heading, Tag):
        known["title"] = heading.get_text(" ", strip=True)
    if not known["title"] and page.title is not None and page.title.string:
        known["title"] = re.split(r"[_|]|\s[-—–]\s?", page.title.string)[0].strip()
    return {key: value for key, value in known.items() if value}


def _body(page: BeautifulSoup) -> Tag | None:
    for selector in _BODIES:
        found = [tag for tag in page.select(selector) if len(tag.get_text(strip=True)) >= _LEAST]
        if found:
            return max(found, key=lambda tag: len(tag.get_text()))
    return page.body or page


def _lines(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            yield re.sub(r"[ \t\r\n]+", " ", str(child))
        elif isinstance(child, Tag) and child.name == "br":
            yield "\n"
        elif isinstance(child, Tag) and child.name == "tr":
            cells = [
                re.sub(r"\s+", " ", cell.get_text(" ", strip=True))
                for cell in child.find_all(["td", "th"], recursive=False)
            ]
            yield "\n| " + " | ".join(cells) + " |"
        elif isinstance(child, Tag):
            block = child.name in _BLOCKS
            yield "\n" if block else ""
            yield from _lines(child)
            yield "\n" if block else ""
