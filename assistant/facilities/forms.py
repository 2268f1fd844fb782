"""Set the matrix, a self-check and the duties as papers to print, and the duties as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.facilities import words
from assistant.facilities.matrix import Cell, Entry, Matrix, Row
from assistant.facilities.roster import Item
from assistant.facilities.selfcheck import Checked, Requirement
from assistant.facilities.sign import Sign
from assistant.office.label import GENERATED
from assistant.office.paper import Block, Grid, Heading, Kind, Paper, Text
from assistant.office.paper import Cell as Printed
from assistant.office.spreadsheet import write_csv
from assistant.phrases import ITEMS, Line
from assistant.question import Language
from corpus.citation import cite, cite_full, cite_short
from corpus.library import Library, Quotation, slug_of
from corpus.validity import notes_on
from corpus.vocabulary import load_vocabulary

TICKED, EMPTY = "☑", "☐"

_MATRIX_TITLE = Line(
    "社会组织培育孵化机构三级设施对照表", "Incubators at Three Levels: Comparison of Facilities"
)
_CHECK_TITLE = Line("社会组织培育孵化机构设施自查表（{tier}）", "Incubator Self-Check of Facilities ({tier})")
_DUTIES_TITLE = Line("职责清单（{actor}）", "List of Duties ({actor})")
_EVERYBODY = Line("全部主体", "all actors")
_MADE_ON = Line("制表日期：{day}", "Made on {day}")
_STANDS_FOR = Line("“{short}”指{full}。", "“{short}” stands for: {full}.")
_SIGN_HEAD = Line("名称核对", "Name of the centre")
_SOURCES = Line("所引条文原文", "The provisions cited, in full")
_HEAD_OF_DUTIES = (
    Line("序号", "No."),
    Line("主体", "Actor"),
    Line("用词", "Binding word"),
    Line("事项", "Matter"),
    words.WORDS,
    Line("日期", "Date"),
    words.SOURCE,
    Line("办理情况", "Progress"),
)
_HEAD_OF_CHECK = (
    Line("有", "There"),
    words.MATTER,
    Line("要求", "Requirement"),
    words.SOURCE,
    Line("备注", "Remarks"),
)
_FILLED_IN_BY = Line(
    "单位：＿＿＿＿＿＿＿＿＿＿＿＿　核对人：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿＿＿",
    "Unit: ____________________    Checked by: ______________    Date: ______________",
)
_REQUIRED = {
    "room": Line("应独立设置", "must be set up separately (应独立设置)"),
    "service": Line("应提供", "must be offered (应提供)"),
    "rule": Line("应制定", "must be drawn up (应制定)"),
}
_COLUMNS = (
    "序号", "主体", "用词", "事项", "原文", "日期", "期限", "出处", "条文编号", "文件状态与官方页面",
)  # fmt: skip
_COLUMNS_EN = (
    "No.", "Actor", "Binding word", "Matter (reference translation)", "Words of the text", "Date", "Due", "Source",
    "Provision", "Standing and official page",
)  # fmt: skip


class Forms:
    """Makes the papers of one library in one language."""

    def __init__(self, library: Library, language: Language, *, today: date) -> None:
        self.library = library
        self.language = language
        self.today = today

    def matrix(self, matrix: Matrix) -> Paper:
        """Return the tiers side by side, every cell with its source."""
        head = [self._say(words.MATTER), *(self.heading(tier) for tier in matrix.tiers)]
        rows = [
            [
                (
                    Text(self._say(words.MATTERS[row.matter]), Kind.STRONG),
                    Text(self.difference(row), Kind.NOTE),
                ),
                *(tuple(self._cell(row, row.cells[tier])) for tier in matrix.tiers),
            ]
            for row in matrix.rows
        ]
        return Paper(
            title=self._say(_MATRIX_TITLE),
            language=self.language,
            landscape=True,
            blocks=(
                *self._opening(matrix.provisions),
                Text(self._say(words.OPEN_NOTE), Kind.NOTE),
                Grid(head=head, rows=rows, widths=(3, 5, 5, 5)[: len(head)], joined=True),
                *self._sources(matrix.provisions),
            ),
        )

    def selfcheck(self, tier: str, checked: Sequence[Checked], sign: Sign | None) -> Paper:
        """Return what was ticked and what is missing, with boxes; an empty form when nothing was ticked."""
        provisions = [one.quotation.provision for group in checked for one in group.all]
        if sign:
            provisions += [sign.form.quotation.provision]
            provisions += [sign.other.quotation.provision] if sign.other else []
        blocks: list[Block] = [Text(self._say(_FILLED_IN_BY)), *self._opening(provisions)]
        if any(group.open_list for group in checked):
            blocks.append(Text(self._say(words.OPEN_NOTE), Kind.NOTE))
        for group in checked:
            blocks.append(Heading(self._say(words.KINDS[group.kind])))
            blocks.append(Text(self.summary(group), Kind.STRONG))
            blocks.append(self._boxes(group))
            if group.open_list:
                blocks.append(Text(self._say(words.OPEN_SHORT), Kind.NOTE))
            if group.unlisted:
                items = self.items(group.unlisted)
                blocks.append(Text(self._say(words.ELSEWHERE.filled(items=items)), Kind.NOTE))
        if sign:
            blocks += [Heading(self._say(_SIGN_HEAD)), *self._sign(sign)]
        blocks += self._sources(provisions)
        title = _CHECK_TITLE.filled(tier=self.tier(tier))
        return Paper(title=self._say(title), language=self.language, blocks=tuple(blocks))

    def duties(self, items: Sequence[Item], actor: str | None) -> Paper:
        """Return the duties of one actor, or of all where that is ``None``."""
        rows: list[Sequence[Printed]] = [
            [
                str(number),
                self.actors(item),
                self.word(item),
                item.what_en if self.language is Language.ENGLISH and item.what_en else item.what,
                (Text(item.quotation.text, Kind.QUOTE),),
                self.date(item),
                self.source(item.quotation.provision),
                "",
            ]
            for number, item in enumerate(items, start=1)
        ]  # fmt: skip
        title = _DUTIES_TITLE.filled(actor=self.actor(actor) if actor is not None else self._say(_EVERYBODY))
        return Paper(
            title=self._say(title),
            language=self.language,
            landscape=True,
            blocks=(
                *self._opening(item.quotation.provision for item in items),
                Text(self._say(words.PLAIN_NOTE), Kind.NOTE),
                Grid(
                    head=[self._say(name) for name in _HEAD_OF_DUTIES],
                    rows=rows,
                    widths=(1.2, 2.6, 2, 6, 6, 3.6, 2.5, 2.4),
                    row_heads=False,
                ),
            ),
        )

    def duties_csv(self, items: Sequence[Item]) -> bytes:
        """Return the duties as a table; the label stands in its head, over a column that has nothing else."""
        columns = _COLUMNS_EN if self.language is Language.ENGLISH else _COLUMNS
        return write_csv(
            (*columns, GENERATED.in_language(self.language)),
            (
                (
                    str(number),
                    self.actors(item),
                    self.word(item),
                    item.what_en if self.language is Language.ENGLISH else item.what,
                    item.quotation.text,
                    item.due.quotation.text if item.due else self._say(words.UNDATED),
                    self.due(item),
                    cite_full(self.library, item.quotation.provision, self._lang),
                    item.quotation.provision,
                    " ".join(self.standing(item.quotation.provision)),
                    "",
                )
                for number, item in enumerate(items, start=1)
            ),
        )

    # What the page says in the same words

    def tier(self, tier: str) -> str:
        """Return what a tier is called."""
        known = load_vocabulary().tiers[tier]
        return known.label_en if self.language is Language.ENGLISH else known.label

    def heading(self, tier: str) -> str:
        """Return what a tier is called at the head of a column."""
        name = self.tier(tier)
        return name[:1].upper() + name[1:]

    def item(self, name: str) -> str:
        """Return a room, service or rule in the words of the text, with its translation for who reads English."""
        english = ITEMS.get(name, "")
        return f"{name} ({english})" if english and self.language is Language.ENGLISH else name

    def items(self, names: Iterable[str]) -> str:
        """Return several of them."""
        return self._listed(self.item(name) for name in names)

    def actor(self, actor: str) -> str:
        """Return what an actor is called; one that is not known here goes by its key."""
        line = words.ACTORS.get(actor)
        return self._say(line) if line else actor

    def actors(self, item: Item) -> str:
        """Return who something falls on."""
        return self._say(words.LIST_MARK).join(self.actor(actor) for actor in item.actors or ("",))

    def word(self, item: Item) -> str:
        """Return the text's own word for how binding it is."""
        if item.modality == "target":
            return self._say(words.TARGET)
        line = words.MODALITIES.get(item.modality) if item.word else None
        return self._say(line.filled(word=item.word)) if line else self._say(words.PLAIN)

    def due(self, item: Item) -> str:
        """Return whether the date is past; empty where there is none."""
        if item.due is None:
            return ""
        return self._say(words.PAST if item.due.is_past(self.today) else words.AHEAD)

    def date(self, item: Item) -> str:
        """Return the date in the words of the text, and whether it is past."""
        if item.due is None:
            return self._say(words.UNDATED)
        return f"{item.due.quotation.text}（{self.due(item)}）"

    def difference(self, row: Row) -> str:
        """Return whether the tiers are told the same."""
        return self._say(words.SAME if row.same else words.DIFFERS)

    def apart(self, row: Row, item: str) -> str:
        """Return the mark of an item that only some tiers list; empty for one that all list."""
        tiers = row.tiers_of(item)
        if len(tiers) == len(row.cells):
            return ""
        return self._say(words.ONLY_HERE.filled(tiers=self._listed([self.tier(tier) for tier in tiers])))

    def summary(self, group: Checked) -> str:
        """Return how much is missing."""
        if not group.missing:
            return self._say(words.NOTHING_MISSING)
        return self._say(words.MISSING[group.kind].filled(count=str(len(group.missing))))

    def requirement(self, one: Requirement) -> str:
        """Return how binding the provision makes it."""
        return self._say(words.OPTIONAL if one.optional else _REQUIRED[one.kind])

    def verdict(self, sign: Sign) -> str:
        """Return how the name stands to the form."""
        line = words.VERDICTS[sign.verdict]
        other = sign.other
        return self._say(
            line.filled(
                tier=self.tier(sign.form.tier),
                form=sign.form.printed,
                extra=sign.extra,
                other=self.tier(other.tier) if other else "",
            )
        )

    def suggested(self, sign: Sign) -> str:
        """Return the name in the form of its tier; empty where it is right or the place cannot be read from it."""
        if not sign.suggestion or sign.suggestion == sign.written:
            return ""
        return self._say(words.SUGGESTED.filled(name=sign.suggestion))

    def source(self, provision: str) -> str:
        """Return the citation with the short title that the head of the form explains: 指引第四条."""
        if self.language is Language.ENGLISH:
            return cite(self.library, provision, "en")
        return "".join(cite_short(self.library, provision).partition("·")[::2])

    def standing(self, provision: str) -> tuple[str, ...]:
        """Return what must be said with anything taken from the document of a provision."""
        front = self.library.document(slug_of(provision)).front
        notes = notes_on(front, today=self.today)
        return tuple(note.en if self.language is Language.ENGLISH else note.zh for note in notes)

    def standings(self, provisions: Iterable[str]) -> tuple[str, ...]:
        """Return the same for several provisions, every remark once."""
        slugs = dict.fromkeys(slug_of(id) for id in provisions)
        return tuple(dict.fromkeys(line for slug in slugs for line in self.standing(slug)))

    @property
    def _lang(self) -> str:
        return "en" if self.language is Language.ENGLISH else "zh"

    def _say(self, line: Line) -> str:
        return line.in_language(self.language)

    def _listed(self, items: Iterable[str]) -> str:
        return self._say(words.LIST_MARK).join(items)

    def _opening(self, provisions: Iterable[str]) -> Iterator[Block]:
        held = list(provisions)
        day = f"{self.today:%Y-%m-%d}"
        yield Text(self._say(_MADE_ON.filled(day=day)), Kind.NOTE)
        for slug in dict.fromkeys(slug_of(id) for id in held):
            full = cite_full(self.library, slug, self._lang)
            yield Text(self._say(_STANDS_FOR.filled(short=self.source(slug), full=full)), Kind.NOTE)
        for line in self.standings(held):
            yield Text(line, Kind.NOTE)
        if self.language is Language.ENGLISH:
            yield Text(words.TRANSLATION_NOTE.en, Kind.NOTE)

    def _cell(self, row: Row, cell: Cell) -> Iterator[Text]:
        if not cell.entries:
            yield Text(self._say(words.NOT_LISTED))
        for entry in cell.entries:
            yield from self._entry(row, entry)
        if cell.unlisted:
            items = self.items(cell.unlisted)
            yield Text(self._say(words.LISTED_LESS.filled(items=items)), Kind.NOTE)
        for provision in cell.provisions:
            yield Text(self.source(provision), Kind.SOURCE)

    def _entry(self, row: Row, entry: Entry) -> Iterator[Text]:
        if not entry.items:
            yield Text(entry.quotation.text, Kind.QUOTE)
            if entry.open_list:
                yield Text(self._say(words.OPEN_SENTENCE), Kind.NOTE)
        for item in entry.items:
            mark = self.apart(row, item)
            named = self.item(item)
            yield Text(f"{named}　{mark}" if mark else named, Kind.QUOTE)
        if entry.items and entry.open_list:
            yield Text(self._say(words.OPEN), Kind.NOTE)
        if self.language is Language.ENGLISH and entry.translation:
            yield Text(entry.translation, Kind.NOTE)

    def _boxes(self, group: Checked) -> Grid:
        held = set(group.held)
        every = sorted(group.all, key=lambda one: (one.optional, one.quotation.text.index(one.name)))
        rows = [
            [
                TICKED if one in held else EMPTY,
                self.item(one.name),
                self.requirement(one),
                self.source(one.quotation.provision),
                "",
            ]
            for one in every
        ]
        return Grid(
            head=[self._say(name) for name in _HEAD_OF_CHECK],
            rows=rows,
            widths=(1.2, 5.2, 3, 3, 3.6),
            row_heads=False,
        )

    def _sign(self, sign: Sign) -> Iterator[Block]:
        yield Text(f"{self._say(words.SIGN)}：{sign.written}")
        yield Text(self.verdict(sign), Kind.STRONG)
        if suggested := self.suggested(sign):
            yield Text(suggested)
        for form in [sign.form, *([sign.other] if sign.other else [])]:
            yield Text(form.quotation.text, Kind.QUOTE)
            yield Text(f"——{cite(self.library, form.quotation.provision, self._lang)}", Kind.SOURCE)
        yield Text(self._say(words.ONLY_FORM), Kind.NOTE)

    def _sources(self, provisions: Iterable[str]) -> Iterator[Block]:
        """Print every provision in full, once, in the order of the text."""
        every = sorted(set(provisions), key=lambda id: self._place(self.library.quote_of(id)))
        if not every:
            return
        yield Heading(self._say(_SOURCES))
        for id in every:
            yield Text(self.library.quote_of(id).text, Kind.QUOTE)
            yield Text(f"——{cite_full(self.library, id, self._lang)}", Kind.SOURCE)

    def _place(self, quotation: Quotation) -> tuple[int, int]:
        order = [document.slug for document in self.library.documents]
        return order.index(slug_of(quotation.provision)), quotation.start
