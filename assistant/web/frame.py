"""Set the page that Gradio serves into a frame of our own: name, language, reader, and everything before scripts run.

Gradio's page is an empty shell until its scripts have loaded. The frame is plain HTML, so the name of the page, what
it knows and the official texts are there at once; the shell keeps only what it needs.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.question import Role
from assistant.web.desk import Desk
from assistant.web.feedback import dialog_html
from assistant.web.page import Room
from assistant.web.reader import address, contents, short_name, title_of
from assistant.web.security import NONCE
from assistant.web.strings import LANGUAGES, Strings, strings_for
from corpus.document import Document

FILES = Path(__file__).parent / "files"

_SHELL = re.compile(rb"<gradio-app.*?</gradio-app>", re.DOTALL)
_SOCIAL = re.compile(rb"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*", re.DOTALL)
_MANIFEST = re.compile(rb"<link rel=\"manifest\"[^>]*>")
_HTML = re.compile(rb"<html[^>]*>", re.DOTALL)
_CONFIG = b"<script>window.gradio_config"


@lru_cache
def version() -> str:
    """Return a mark of the page's own files, so that a browser never mixes an old one with a new one."""
    digest = sha256()
    for name in ("style.css", "page.js", "course.js"):
        digest.update((FILES / name).read_bytes())
    return digest.hexdigest()[:12]


def head(strings: Strings, nonce: str, *, title: str = "") -> str:
    """Return what our own pages put in their head: the style, the script, and the page's language for Gradio."""
    # Gradio words its own messages in the browser's language, and this page has its own.
    tag = strings.html_lang
    return (
        f"<title>{escape(title or strings.name)}</title>"
        f'<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="/own/icon.svg?v={version()}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="/own/style.css?v={version()}">'
        f'<script nonce="{nonce}">Object.defineProperty(navigator,"language",{{get:()=>"{tag}"}})</script>'
        f'<script defer src="/own/page.js?v={version()}"></script>'
        f'<script defer src="/own/course.js?v={version()}"></script>'
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame in one language, around whatever Gradio puts inside."""

    desk: Desk
    strings: Strings
    rooms: Sequence[Room]

    def welcome(self) -> str:
        """Say in one sentence what this knows: the documents by name and date."""
        strings = self.strings
        documents = self.desk.library.documents
        named = strings.between_titles.join(self._named(document) for document in documents[:_NAMED])
        more = strings.and_more if len(documents) > _NAMED else ""
        issued = {document.front.issued_on for document in documents}
        only = next(iter(issued)) if len(issued) == 1 else None
        dated = strings.all_issued.format(date=strings.date(only.year, only.month, only.day)) if only else ""
        sentence = strings.welcome.format(count=strings.count(len(documents)), documents=named + more + dated)
        return f'<p class="welcome">{sentence}</p>{self._trouble()}'

    def _named(self, document: Document) -> str:
        """Name a document; one whose title only repeats another's (a notice of issue) goes by its short name."""
        strings = self.strings
        others = [other.front for other in self.desk.library.documents if other is not document]
        name = title_of(document, strings)
        if any(title and title in name for front in others for title in (front.title, front.title_en)):
            name = short_name(document, strings)
        on = document.front.issued_on
        link = f'<a href="{escape(address(document.slug, strings))}">{escape(name)}</a>'
        same = len({other.issued_on for other in others} | {on}) == 1
        date = strings.dated.format(date=strings.date(on.year, on.month, on.day)) if on and not same else ""
        return strings.welcome_document.format(title=link, date=date)

    def _trouble(self) -> str:
        trouble = self.desk.trouble
        if trouble is None:
            return ""
        return f'<p class="notice" role="alert">{escape(self.strings.unopened)}<br>{escape(str(trouble))}</p>'

    def _generated(self) -> str:
        """Say that a program answers; and, where unanswered questions are kept, that they are."""
        kept = self.strings.feedback.unanswered_kept if self.desk.opinions.keep_unanswered else ""
        return " ".join(part for part in (self.strings.generated, kept) if part)

    def _said(self) -> dict[str, str]:
        """Return what the page's script says of opinions."""
        said = self.strings.feedback
        told = {name: getattr(said, name) for name in ("thanks", "gone", "full", "not_kept")}
        screen = self.strings.cleared_screen
        if self.desk.opinions.keep_unanswered:
            told["cleared"] = screen
        return {**told, "cleared_screen": screen, "too_many": self.strings.too_many}

    def _rooms(self) -> str:
        if len(self.rooms) < 2:
            return ""
        links = "".join(
            f'<a href="{self.strings.path}?room={escape(room.name)}" data-room="{escape(room.name)}">{escape(room.title(self.strings))}</a>'
            for room in self.rooms
        )
        return f'<nav class="rooms" aria-label="{escape(self.strings.rooms)}">{links}</nav>'

    def _examples(self) -> str:
        lists = "".join(
            f'<ul class="examples" data-role="{role.value}"{" hidden" if role is not Role.RESIDENT else ""}>'
            + "".join(
                f'<li><button type="button" class="say">{escape(question)}</button></li>'
                for question in questions
            )
            + "</ul>"
            for role, questions in self.strings.examples.items()
        )
        return f'<h2 class="key">{escape(self.strings.try_one)}</h2>{lists}'

    def around(self, inside: str) -> str:
        """Return the body of the page, with ``inside`` where the conversation goes."""
        strings = self.strings
        other = next(one for one in LANGUAGES if one is not strings)
        plain = " ".join(
            f'<a href="{escape(address(document.slug, strings))}">{escape(short_name(document, strings))}</a>'
            for document in self.desk.library.texts
        )
        texts = {
            name: escape(getattr(strings, name))
            for name in (
                "skip_to_question", "name", "display", "originals", "reader",
                "other_language", "other_language_tag", "switch_language", "opening", "needs_script", "close_reader",
            )
        }  # fmt: skip
        return Template((FILES / "frame.html").read_text(encoding="utf-8")).substitute(
            texts,
            other_path=other.path,
            generated=escape(self._generated()),
            verdict_form=dialog_html(strings) if self.desk.opinions.ledger is not None else "",
            rooms=self._rooms(),
            welcome=self.welcome(),
            examples=self._examples(),
            plain_links=plain,
            contents=contents(self.desk.library, strings),
            gradio=inside,
            page_strings=page_strings(strings, said=self._said()),
            switches=switches(strings),
        )

    def rewrite(self, page: bytes, nonce: str) -> bytes:
        """Return Gradio's page inside the frame; raises ValueError when it is not a page of Gradio's that we know."""
        shell = _SHELL.search(page)
        if shell is None or _CONFIG not in page:
            raise ValueError("Gradio's page has no <gradio-app>: this version of Gradio is not known here.")
        page = page.replace(shell.group(), self.around(shell.group().decode()).encode(), 1)
        page = _MANIFEST.sub(b"", _SOCIAL.sub(b"", page))
        page = _HTML.sub(f'<html lang="{self.strings.html_lang}">'.encode(), page, count=1)
        page = page.replace(_CONFIG, head(self.strings, nonce).encode() + _CONFIG, 1)
        return re.sub(rb"<script(?![^>]*\bnonce=)", f'<script nonce="{nonce}"'.encode(), page)


_NAMED = 4
"""So many documents are named in the first sentence."""


def switches(strings: Strings) -> str:
    """Return the buttons for large text, high contrast and dark."""
    return "".join(
        f'<button type="button" class="tool" data-switch="{name}" data-on="{on}" aria-pressed="false">{escape(label)}</button>'
        for name, on, label in (
            ("size", "large", strings.large_text),
            ("contrast", "high", strings.high_contrast),
            ("theme", "dark", strings.dark),
        )
    )


def language_link(strings: Strings, href: str) -> str:
    """Return the link from a page in one language to the same page, at ``href``, in the other."""
    tag = strings.other_language_tag
    return (
        f'<a class="tool language" href="{escape(href)}" hreflang="{tag}" lang="{tag}" data-language'
        f' title="{escape(strings.switch_language)}">{escape(strings.other_language)}</a>'
    )


def own_page(strings: Strings, nonce: str, *, kind: str, title: str, tools: str, main: str) -> str:
    """Return a page that Gradio has no part in, under the same masthead; ``kind`` is the class of its body."""
    return (
        f'<!doctype html><html lang="{strings.html_lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head(strings, nonce, title=title)}</head>'
        f'<body class="{kind}"><header class="masthead"><p class="name"><a href="{escape(strings.path)}">{escape(strings.name)}</a></p>'
        f'<nav class="tools" aria-label="{escape(strings.display)}">{switches(strings)}'
        f'<a class="tool" href="{escape(strings.path)}">{escape(strings.back_to_questions)}</a>{tools}</nav></header>{main}'
        f'<script nonce="{nonce}" type="application/json" data-page-strings>{page_strings(strings)}</script></body></html>'
    )


def page_strings(strings: Strings, *, said: Mapping[str, str] | None = None) -> str:
    """Return the words that the page's script says, and what is ``said`` on one page only, as JSON for a script element."""
    names = ("asked", "replied", "copied", "copy_failed", "cleared", "waiting", "lost", "path")
    values = {name: getattr(strings, name) for name in names} | dict(said or {})
    return json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")


def _other_language(strings: Strings, query: str) -> str:
    """Return where ``?lang=`` leads when it names the other language; what else is in the address is kept."""
    asked = dict(parse_qsl(query))
    wanted = strings_for(asked.pop("lang")) if "lang" in asked else strings
    if wanted is strings:
        return ""
    return wanted.path + (f"?{urlencode(asked, safe='/')}" if asked else "")


class Framed:
    """Put the frame around the pages of Gradio, and leave everything else as it is."""

    def __init__(self, app: ASGIApp, desk: Desk, rooms: Sequence[Room]) -> None:
        self.app = app
        self.frames = {strings.path.rstrip("/") or "/": Frame(desk, strings, rooms) for strings in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = str(scope.get("path", "")).rstrip("/") or "/"
        frame = self.frames.get(path)
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or frame is None:
            await self.app(scope, receive, send)
            return
        elsewhere = _other_language(frame.strings, scope["query_string"].decode("latin-1"))
        if elsewhere:
            await RedirectResponse(elsewhere, status_code=307)(scope, receive, send)
            return
        started: Message = {}
        page = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
                return
            page.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            body = bytes(page)
            headers = dict(started.get("headers", ()))
            if started["status"] == 200 and headers.get(b"content-type", b"").startswith(b"text/html"):
                body = frame.rewrite(body, scope[NONCE]) if scope["method"] == "GET" else body
                headers[b"content-length"] = str(len(body)).encode()
            await send({**started, "headers": list(headers.items())})
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, hold)
