"""Set the matrix, the results of a self-check and the duties as HTML for the facilities room."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urlencode, urlsplit

from assistant.facilities import words as labels
from assistant.facilities.forms import Forms
from assistant.facilities.matrix import Cell, Entry, Matrix, Row
from assistant.facilities.roster import Item
from assistant.facilities.selfcheck import Checked
from assistant.facilities.sign import Form, Sign
from assistant.phrases import ITEMS, Line
from assistant.question import Language
from assistant.web.markup import words
from assistant.web.reader import address, title_of
from assistant.web.strings import Strings
from corpus.citation import cite_short
from corpus.document import Span
from corpus.library import Library, Quotation, slug_of

_LONGEST_TIP = 120


class FacilitySetter:
    """Sets what the text fixes for readers of one language, on one day."""

    def __init__(self, library: Library, strings: Strings, *, today: date) -> None:
        self.library = library
        self.strings = strings
        self.own = strings.facilities
        self.forms = Forms(library, strings.language, today=today)

    def matrix(self, matrix: Matrix) -> str:
        """Return the tiers side by side: a row that names the matter, and under it a cell for each tier."""
        head = "".join(f'<th scope="col">{words(self.forms.heading(tier))}</th>' for tier in matrix.tiers)
        body = "".join(self._row(row, matrix.tiers) for row in matrix.rows)
        caption = f'<caption class="visually-hidden">{words(self.own.matrix_caption)}</caption>'
        return (
            f'<p class="remark">{words(self.own.matrix_note)}</p>{self._downloads((self.own.matrix_download, "matrix.docx", ()))}'
            f'<div class="tiers"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
            f"{self._standing(matrix.provisions)}"
        )

    def checked(self, group: Checked) -> str:
        """Return what is missing of one kind of thing, what is optional, and the words that say so."""
        told = ""
        if not group.held:
            told += f'<p class="lead quiet">{words(self.own.nothing_ticked)}</p>'
        elif group.missing:
            items = self._names(one.name for one in group.missing)
            told += f'<p class="lead lacking">{self._filled(self.own.missing, summary=words(self.forms.summary(group)), items=items)}</p>'
        else:
            told += f'<p class="lead complete">{words(self.forms.summary(group))}</p>'
        if group.held and group.optional:
            items = self._names(one.name for one in group.optional)
            told += f'<p class="remark">{self._filled(self.own.optional, items=items)}</p>'
        for _, held in groupby(group.quotations, key=lambda quotation: quotation.provision):
            told += self._quote(*held)
        remarks = [words(self._say(labels.OPEN_SHORT))] if group.open_list else []
        if group.unlisted:
            remarks.append(self._filled(self._say(labels.ELSEWHERE), items=self._names(group.unlisted)))
        told += "".join(f'<p class="remark">{remark}</p>' for remark in remarks)
        return f'<div class="told">{told}</div>'

    def sign(self, tier: str, sign: Sign | None, forms: Sequence[Form]) -> str:
        """Return how a name stands to the form, or the form while nothing is typed."""
        if not forms:
            return f'<div class="told"><p class="lead quiet">{words(self.own.unnamed)}</p></div>'
        if sign is None:
            waiting = words(self.own.sign_waiting.format(tier=self.forms.tier(tier)))
            quotes = "".join(self._quote(form.quotation) for form in forms)
            return f'<div class="told"><p class="lead quiet">{waiting}</p>{quotes}</div>'
        told = f'<p class="lead {sign.verdict.value.replace("_", "-")}">{self._chinese_inside(self.forms.verdict(sign))}</p>'
        if suggested := self.forms.suggested(sign):
            told += f"<p>{self._chinese_inside(suggested)}</p>"
        told += self._quote(sign.form.quotation)
        if sign.other:
            told += self._quote(sign.other.quotation)
        return f'<div class="told">{told}<p class="remark">{words(self._say(labels.ONLY_FORM))}</p></div>'

    def check_download(self, tier: str, held: Sequence[str], written: str) -> str:
        """Return the link to the form as it is filled in on the page."""
        query = [("tier", tier), *(("has", id) for id in held)]
        query += [("sign", written)] if written.strip() else []
        return self._downloads((self.own.check_download, "selfcheck.docx", query))

    def duties(self, items: Sequence[Item], actor: str | None, *, elsewhere: int) -> str:
        """Return the duties of one actor (of all where that is ``None``), document by document."""
        name = self.own.everybody if actor is None else self.forms.actor(actor)
        past = sum(1 for one in items if one.due and one.due.is_past(self.forms.today))
        found = words(self.own.found.format(actor=name, count=len(items), past=past))
        query = () if actor is None else (("actor", actor),)
        parts = [
            f'<p class="lead">{found}</p>',
            self._downloads((self.own.duties_csv, "duties.csv", query), (self.own.duties_download, "duties.docx", query)),
            f'<p class="remark">{words(self._say(labels.PLAIN_NOTE))}</p>',
        ]  # fmt: skip
        if elsewhere:
            note = self._say(labels.NOBODY_ELSE.filled(count=str(elsewhere)))
            parts.append(f'<p class="remark">{words(note)}</p>')
        for slug, held in groupby(items, key=lambda one: slug_of(one.quotation.provision)):
            document = self.library.document(slug)
            lines = "".join(f"<li>{self._duty(one, shared=actor is None)}</li>" for one in held)
            notes = "".join(f"<li>{self._linked(line, slug)}</li>" for line in self.forms.standing(slug))
            parts.append(
                f'<h3 class="document">{words(title_of(document, self.strings))}</h3>'
                f'<ul class="remark standing">{notes}</ul><ol class="duties">{lines}</ol>'
            )
        return "".join(parts)

    def trouble(self, sentence: str, fix: str) -> str:
        """Return a sentence about why there is nothing here."""
        remedy = f"<br>{words(fix)}" if fix else ""
        return f'<p class="notice">{words(sentence)}{remedy}</p>'

    def _row(self, row: Row, tiers: Sequence[str]) -> str:
        kind = "same" if row.same else "differs"
        named = words(self._say(labels.MATTERS[row.matter]))
        mark = f'<span class="mark {kind}">{words(self.forms.difference(row))}</span>'
        cells = ""
        for _, held in groupby(tiers, key=lambda tier: row.cells[tier].key or tier):
            joined = list(held)
            cells += self._cell(row, joined, len(tiers))
        return (
            f'<tr class="matter"><th scope="rowgroup" colspan="{len(tiers)}">{named} {mark}</th></tr>'
            f"<tr>{cells}</tr>"
        )

    def _cell(self, row: Row, tiers: Sequence[str], width: int) -> str:
        cell = row.cells[tiers[0]]
        name = self._say(labels.LIST_MARK).join(self.forms.tier(tier) for tier in tiers)
        span = f' colspan="{len(tiers)}"' if len(tiers) > 1 else ""
        shared = ""
        if 1 < len(tiers) < width:
            shared = f'<p class="shared">{words(self._say(labels.SAME_WORDS.filled(tiers=name)))}</p>'
        return f'<td{span}><p class="tier">{words(name[:1].upper() + name[1:])}</p>{shared}{self._held(row, cell)}</td>'

    def _held(self, row: Row, cell: Cell) -> str:
        if not cell.entries:
            told = f'<p class="unlisted">{words(self._say(labels.NOT_LISTED))}</p>'
            return told + self._chips(self._whole(id) for id in cell.looked)
        told = "".join(self._entry(row, entry) for entry in cell.entries)
        if cell.unlisted:
            items = self._names(cell.unlisted)
            told += f'<p class="unlisted">{self._filled(self._say(labels.LISTED_LESS), items=items)}</p>'
        quotations = {self._chip_key(entry.quotation): entry.quotation for entry in reversed(cell.entries)}
        return told + self._chips(reversed(quotations.values()))

    def _entry(self, row: Row, entry: Entry) -> str:
        if not entry.items:
            told = f'<p class="words zh">{words(entry.quotation.text)}</p>'
            told += f'<p class="open">{words(self._say(labels.OPEN_SENTENCE))}</p>' if entry.open_list else ""
        else:
            lines = "".join(self._item(row, item) for item in entry.items)
            told = f'<ul class="listed">{lines}</ul>'
            told += f'<p class="open">{words(self._say(labels.OPEN))}</p>' if entry.open_list else ""
        if self._english and entry.translation and not entry.items:
            told += f'<p class="translation">{words(entry.translation)}</p>'
        return told

    def _item(self, row: Row, item: str) -> str:
        apart = self.forms.apart(row, item)
        mark = f' <span class="mark">{words(apart)}</span>' if apart else ""
        return f"<li>{self._name(item)}{mark}</li>"

    def _duty(self, item: Item, *, shared: bool) -> str:
        kind = "stated" if not item.word else item.modality.replace("_", "-")
        what = f'<span class="zh what">{words(item.what)}</span>'
        if self._english and item.what_en:
            what += f'<span class="translation">{words(item.what_en)}</span>'
        who = ""
        if shared or len(item.actors) > 1:
            who = f'<span class="who-else">{words(self.forms.actors(item))}</span>'
        due = ""
        if item.due:
            past = " past" if item.due.is_past(self.forms.today) else ""
            due = (
                f'<span class="due{past}"><span class="zh">{words(item.due.quotation.text)}</span> · '
                f"{words(self.forms.due(item))}</span>"
            )
        quotations = [item.quotation]
        if item.due and self._chip_key(item.due.quotation) != self._chip_key(item.quotation):
            quotations.append(item.due.quotation)
        sources = "".join(self._chip(quotation) for quotation in quotations)
        return (
            f'<span class="modal {kind}">{words(self.forms.word(item))}</span>'
            f'<div class="duty">{what}<span class="facts">{who}{due}{sources}</span></div>'
        )

    def _quote(self, *quotations: Quotation) -> str:
        """Set words of one provision, each on a line of its own, with a chip that leads to the first of them."""
        first = quotations[0]
        said = "".join(f"<p>{words(quotation.text)}</p>" for quotation in quotations)
        translation = ""
        if self._english and (english := self.library.translation(first.provision)):
            translation = f'<p class="translation">{words(english)}</p>'
        return (
            f'<figure class="quote"><blockquote class="zh">{said}</blockquote>{translation}'
            f"<figcaption>{self._chip(first)}</figcaption></figure>"
        )

    def _chips(self, quotations: Iterable[Quotation]) -> str:
        return f'<p class="from">{"".join(self._chip(quotation) for quotation in quotations)}</p>'

    def _chip(self, quotation: Quotation) -> str:
        href = address(quotation.provision, self.strings, span=Span(quotation.start, quotation.end))
        short = cite_short(self.library, quotation.provision, language=self.strings.language.value)
        text = " ".join(quotation.text.split())
        tip = text if len(text) <= _LONGEST_TIP else f"{text[: _LONGEST_TIP - 1]}…"
        return (
            f'<a class="chip" href="{words(href)}">{words(short)}<span class="tip zh">{words(tip)}</span></a>'
        )

    def _chip_key(self, quotation: Quotation) -> str:
        return cite_short(self.library, quotation.provision)

    def _whole(self, provision: str) -> Quotation:
        return self.library.quote_of(provision)

    def _downloads(self, *files: tuple[str, str, Iterable[tuple[str, str]]]) -> str:
        links = "".join(
            f'<a class="download" href="{words(self._export(name, query))}">{words(label)}</a>'
            for label, name, query in files
        )
        return f'<p class="downloads">{links}</p>'

    def _export(self, name: str, query: Iterable[tuple[str, str]]) -> str:
        asked = [*query, *([("lang", "en")] if self._english else [])]
        return f"/export/{name}" + (f"?{urlencode(asked)}" if asked else "")

    def _standing(self, provisions: Iterable[str]) -> str:
        slugs = dict.fromkeys(slug_of(id) for id in provisions)
        lines = "".join(
            f"<li>{self._linked(line, slug)}</li>" for slug in slugs for line in self.forms.standing(slug)
        )
        return f'<ul class="remark standing">{lines}</ul>'

    def _linked(self, line: str, slug: str) -> str:
        """Set a remark; the address of the document's official page becomes a link."""
        page = self.library.document(slug).front.official_page
        before, found, after = line.partition(page) if page else (line, "", "")
        if not found:
            return words(line)
        return f'{words(before)}<a class="official" href="{words(page)}" rel="noreferrer noopener">{words(urlsplit(page).hostname or page)}</a>{words(after)}'

    def _name(self, name: str) -> str:
        english = ITEMS.get(name, "") if self._english else ""
        said = f'<span class="zh">{words(name)}</span>'
        return f'{said} <span class="translation">{words(english)}</span>' if english else said

    def _names(self, names: Iterable[str]) -> str:
        return words(self._say(labels.LIST_MARK)).join(self._name(name) for name in names)

    def _filled(self, template: str, **values: str) -> str:
        """Fill braces with HTML: the words around them are escaped, the values are HTML already."""
        said = words(template)
        for name, value in values.items():
            said = said.replace(words(f"{{{name}}}"), value)
        return said

    def _chinese_inside(self, text: str) -> str:
        """Set quoted names in an English sentence as Chinese."""
        said = words(text)
        if not self._english:
            return said
        pieces = text.split("“")
        parts = [words(pieces[0])]
        for piece in pieces[1:]:
            name, closed, after = piece.partition("”")
            parts.append(f'“<span class="zh">{words(name)}</span>{closed}{words(after)}')
        return "".join(parts)

    @property
    def _english(self) -> bool:
        return self.strings.language is Language.ENGLISH

    def _say(self, line: Line) -> str:
        return line.in_language(self.strings.language)
