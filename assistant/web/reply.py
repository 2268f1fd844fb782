"""Set a question and its reply as HTML for the conversation."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from assistant import phrases
from assistant.answer import Cited, Reply, Status
from assistant.web.blocks import Block, Grid, Heading, Listing, Paragraph, Quoted, read_blocks
from assistant.web.feedback import verdict_html
from assistant.web.letter import STRONG, letter, one_line, plain, quotations
from assistant.web.markup import lines, words
from assistant.web.reader import address
from assistant.web.strings import LANGUAGES, Strings
from corpus.citation import cite_short
from corpus.document import Span
from corpus.library import Library
from corpus.shadow import traditional

_QUOTES_SHOWN = 3
"""So many quotations are printed under an answer; of more, the rest are folded away."""

_UNWRITTEN = tuple(
    opening
    for line in (phrases.PARTLY, phrases.DID_NOT_WRITE)
    for zh in (line.zh.partition("{")[0],)
    for opening in (zh, traditional(zh), line.en.partition("{")[0])
)
_WRITTEN = (phrases.WROTE.zh, traditional(phrases.WROTE.zh), phrases.WROTE.en)
_EDITORIAL = (phrases.EDITORIAL.zh, traditional(phrases.EDITORIAL.zh), phrases.EDITORIAL.en)
"""What stands over the project's own notes."""


def asked_html(question: str, strings: Strings) -> str:
    """Set what a person asked; every character of it is shown and none interpreted."""
    return f'<div class="turn asked"><span class="who">{words(strings.asked)}</span><p class="said">{lines(question)}</p></div>'


def waiting_html(strings: Strings) -> str:
    """Set the line shown until the first words arrive."""
    return _turn(f'<p class="waiting">{words(strings.waiting)}</p>', "waiting", strings)


def draft_html(said: str, strings: Strings, *, stopped: bool = False) -> str:
    """Set as much of an answer as has arrived; citations become chips when it is complete."""
    body = "".join(f"<p>{lines(plain(block))}</p>" for block in read_blocks(said))
    if stopped:
        body += f'<p class="stopped">{words(strings.stopped)}</p>{_acts(strings, copy=False)}'
    return _turn(body, "draft", strings)


def trouble_html(sentence: str, fix: str, strings: Strings) -> str:
    """Set a sentence about what went wrong and what to do."""
    remedy = f'<p class="fix">{words(fix)}</p>' if fix else ""
    body = f'<p class="state">{words(strings.went_wrong)}</p><p class="lead">{words(sentence)}</p>{remedy}{_acts(strings, copy=False)}'
    return _turn(body, "error", strings)


class ReplySetter:
    """Sets replies for readers of one language."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self.library = library
        self.strings = strings

    def html(self, reply: Reply, *, token: str = "") -> str:
        """Return the reply as one line of HTML, every word of it escaped; with a ``token``, opinions on it are asked for."""
        body = self._body(reply)
        copied = reply.status is not Status.ERROR
        body += _acts(self.strings, copy=copied) + verdict_html(token, self.strings)
        if copied:
            body += f'<pre class="plain">{lines(letter(reply, self.library, self.strings))}</pre>'
        return _turn(body, reply.status.value.replace("_", "-"), self.strings)

    def _body(self, reply: Reply) -> str:
        blocks = read_blocks(reply.answer)
        match reply.status:
            case Status.ANSWERED:
                said = self._answer(blocks, reply, leads=True)
            case Status.PARTIAL:
                said = self._partly(blocks, reply)
            case _:
                said = self._silence(blocks, reply)
        return said + self._after(reply)

    def _answer(self, blocks: Sequence[Block], reply: Reply, *, leads: bool) -> str:
        quotes = [block for block in blocks if isinstance(block, Quoted)]
        others = [block for block in blocks if not isinstance(block, Quoted)]
        said = "".join(
            self._block(block, reply, lead=leads and number == 0) for number, block in enumerate(others)
        )
        shown = "".join(self._quote(quote, reply) for quote in quotes[:_QUOTES_SHOWN])
        folded = "".join(self._quote(quote, reply) for quote in quotes[_QUOTES_SHOWN:])
        if folded:
            summary = words(self.strings.more_quoted.format(count=len(quotes) - _QUOTES_SHOWN))
            folded = f'<details class="more"><summary>{summary}</summary>{folded}</details>'
        inline = "\n".join(plain(block) for block in others)
        told = {cited for quote in quotes for _, cited in quotations(quote, reply.citations)}
        rest = [cited for cited in reply.citations if cited not in told and cited.label not in inline]
        return said + shown + folded + self._chips(self.strings.sources, rest)

    def _partly(self, blocks: Sequence[Block], reply: Reply) -> str:
        """Set what the documents state, what they do not, and what the project's own notes say: each apart."""
        at = next((n for n, block in enumerate(blocks) if _is_only(block, _EDITORIAL)), len(blocks))
        noted = self._editorial(blocks[at + 1 :], reply)
        blocks = blocks[:at]
        unwritten = [block for block in blocks if _opens(block, _UNWRITTEN)]
        written = [block for block in blocks if block not in unwritten and not _is_only(block, _WRITTEN)]
        absent = "".join(self._block(block, reply, lead=False) for block in unwritten)
        if not any(cited.official for cited in reply.citations):
            written = [block for block in written if not _lists(block, reply.nearest)]
            absent += "".join(self._block(block, reply, lead=False) for block in written)
            absent += self._chips(self.strings.nearest, reply.nearest)
            written = []
        if absent:
            absent = f'<section class="unwritten"><p class="state">{words(self.strings.did_not_write)}</p>{absent}</section>'
        stated = ""
        if written:
            official = replace(reply, citations=tuple(cited for cited in reply.citations if cited.official))
            stated = f'<section class="written"><p class="state">{words(self.strings.wrote)}</p>{self._answer(written, official, leads=True)}</section>'
        return stated + absent + noted

    def _editorial(self, blocks: Sequence[Block], reply: Reply) -> str:
        """Set what the notes say: a statement with its place, and under it what it rests on."""
        held = [cited for cited in reply.citations if not cited.official]
        said = ""
        for block in blocks:
            if not isinstance(block, Paragraph):
                continue
            first, *under = block.lines
            cited = next((one for one in held if one.quote in first), None)
            cited = cited or next((one for one in held if one.label in first), None)
            if cited is not None:
                first = first.removesuffix(f"（{cited.label}）")
            chip = self._chip(cited, marked=False) if cited else ""
            said += f"<p>{words(first)}</p>"
            said += f'<p class="rests-on">{" ".join([chip, *map(words, under)])}</p>'
        if not said:
            return ""
        return f'<section class="editorial"><p class="state">{words(self.strings.not_official)}</p>{said}</section>'

    def _silence(self, blocks: Sequence[Block], reply: Reply) -> str:
        strings = self.strings
        heading = {
            Status.NOT_IN_CORPUS: strings.not_in_text,
            Status.OUT_OF_SCOPE: strings.out_of_scope,
            Status.DECLINED: strings.declined,
            Status.NEEDS_CLARIFICATION: strings.unclear,
        }.get(reply.status, strings.went_wrong)
        kept = [block for block in blocks if not _lists(block, reply.nearest)]
        said = "".join(self._block(block, reply, lead=number == 0) for number, block in enumerate(kept))
        unclear = reply.status is Status.NEEDS_CLARIFICATION
        near = self._candidates(reply.nearest) if unclear else self._chips(strings.nearest, reply.nearest)
        return f'<p class="state">{words(heading)}</p>{said}{near}'

    def _candidates(self, near: Iterable[Cited]) -> str:
        """Offer each provision that may be meant as a question to be asked by one click."""
        rows = "".join(
            f'<li><button type="button" class="say">{words(cited.label)}</button>{self._chip(cited)}</li>'
            for cited in dict.fromkeys(near)
        )
        return f'<ul class="candidates">{rows}</ul>' if rows else ""

    def _after(self, reply: Reply) -> str:
        said = ""
        if reply.next_step:
            said += self._aside("next-step", self.strings.whom_to_ask, [reply.next_step])
        if reply.notes:
            said += self._aside("validity", self.strings.notes, reply.notes)
        return said

    def _aside(self, kind: str, name: str, held: Sequence[str]) -> str:
        said = "".join(f"<li>{self._linked(line)}</li>" for line in held)
        return f'<div class="aside {kind}"><span class="key">{words(name)}</span><ul>{said}</ul></div>'

    def _linked(self, line: str) -> str:
        """Set a note; the address of a document's official page, and no other, becomes a link."""
        for page in {
            document.front.official_page
            for document in self.library.documents
            if document.front.official_page
        }:
            before, found, after = line.partition(page)
            if found:
                host = urlsplit(page).hostname or page
                link = f'<a class="official" href="{words(page)}">{words(host)}</a>'
                return f"{words(before)}{link}{words(after)}"
        return words(line)

    def _block(self, block: Block, reply: Reply, *, lead: bool) -> str:
        match block:
            case Heading(line):
                return f"<h3>{self._inline(line, reply)}</h3>"
            case Paragraph(held):
                said = "<br>".join(self._inline(line, reply) for line in held)
                return f'<p class="lead">{said}</p>' if lead else f"<p>{said}</p>"
            case Listing(items, numbered, head):
                tag = "ol" if numbered else "ul"
                above = f'<p class="lead">{self._inline(head, reply)}</p>' if head else ""
                listed = "".join(f"<li>{self._inline(item, reply)}</li>" for item in items)
                return f"{above}<{tag}>{listed}</{tag}>"
            case Grid(head, rows):
                return self._table(head, rows, reply)
            case Quoted():
                return self._quote(block, reply)

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]], reply: Reply) -> str:
        top = "".join(f'<th scope="col">{self._inline(cell, reply)}</th>' for cell in head)
        body = "".join(
            "<tr>"
            + "".join(
                f'<th scope="row">{self._inline(cell, reply)}</th>'
                if number == 0
                else f"<td>{self._inline(cell, reply)}</td>"
                for number, cell in enumerate(row)
            )
            + "</tr>"
            for row in rows
        )
        caption = f'<caption class="visually-hidden">{words(self.strings.table)}</caption>'
        return f'<div class="scroll" tabindex="0"><table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>{_narrower(head)}'

    def _quote(self, block: Quoted, reply: Reply) -> str:
        """Set quotations of one provision; where there are several, each is a way to its own place in the original."""
        parts = quotations(block, reply.citations)
        first = next((cited for _, cited in parts if cited), None)
        said = ""
        for held, cited in parts:
            text = "<br>".join(words(line.strip()) for line in held)
            if cited and len(parts) > 1:
                text = f'<a class="quoted" href="{words(self._address(cited))}">{text}</a>'
            said += f"<p>{text}</p>"
        source = self._chip(first) if first else words(block.label)
        return f'<figure class="quote"><blockquote class="zh">{said}</blockquote><figcaption>{source}</figcaption></figure>'

    def _address(self, cited: Cited) -> str:
        return address(cited.provision, self.strings, span=Span(cited.start, cited.end))

    def _chips(self, name: str, citations: Iterable[Cited]) -> str:
        chips = "".join(f"<li>{self._chip(cited)}</li>" for cited in dict.fromkeys(citations))
        return (
            f'<div class="sources"><span class="key">{words(name)}</span><ul class="chips">{chips}</ul></div>'
            if chips
            else ""
        )

    def _chip(self, cited: Cited, *, marked: bool = True) -> str:
        href = self._address(cited)
        short = cite_short(self.library, cited.provision, language=self.strings.language.value)
        mark = (
            ""
            if cited.official or not marked
            else f'<span class="unofficial">{words(self.strings.not_official)}</span>'
        )
        tip = f'<span class="tip zh">{words(_clipped(cited.quote))}</span>'
        return f'<a class="chip" href="{words(href)}">{words(short)}{tip}</a>{mark}'

    def _inline(self, text: str, reply: Reply) -> str:
        """Set words with chips where labels stand, and ``**words**`` strong."""
        known = {cited.label: cited for cited in (*reply.citations, *reply.nearest)}
        if known:
            labels = "|".join(re.escape(label) for label in sorted(known, key=len, reverse=True))
            parts = re.split(rf"([（(]?)({labels})([）)]?)", text)
        else:
            parts = [text]
        said = _strong(parts[0])
        for opening, label, closing, after in zip(
            parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True
        ):
            bare = bool(opening) and bool(closing)
            chip = self._chip(known[label])
            said += chip if bare else f"{words(opening)}{chip}{words(closing)}"
            said += _strong(after)
        return said


def _narrower(head: Sequence[str]) -> str:
    """Offer each tier of a comparison as a question of its own."""
    for strings in LANGUAGES:
        if len(head) > 2 and set(head[1:]) <= set(strings.tiers):
            buttons = (
                f'<button type="button" class="say">{words(strings.only.format(tier=tier))}</button>'
                for tier in head[1:]
            )
            return f'<p class="narrower">{"".join(buttons)}</p>'
    return ""


def _acts(strings: Strings, *, copy: bool) -> str:
    said = f'<button type="button" class="copy">{words(strings.copy)}</button>' if copy else ""
    return f'<p class="acts">{said}<button type="button" class="again">{words(strings.retry)}</button></p>'


def _turn(body: str, state: str, strings: Strings) -> str:
    return f'<div class="turn reply {state}"><span class="who">{words(strings.replied)}</span><div class="said">{body}</div></div>'


def _strong(text: str) -> str:
    pieces = STRONG.split(text)
    return "".join(
        f"<strong>{words(piece)}</strong>" if odd % 2 else words(piece) for odd, piece in enumerate(pieces)
    )


def _opens(block: Block, openings: Sequence[str]) -> bool:
    return isinstance(block, Paragraph) and block.lines[0].startswith(tuple(openings))


def _lists(block: Block, near: Iterable[Cited]) -> bool:
    """Say whether a block only lists the nearest provisions."""
    return isinstance(block, Listing) and set(block.items) <= {cited.label for cited in near}


def _is_only(block: Block, held: Sequence[str]) -> bool:
    return isinstance(block, Paragraph) and "".join(block.lines).strip() in held


def _clipped(text: str) -> str:
    said = one_line(text)
    return said if len(said) <= 120 else f"{said[:119]}…"
