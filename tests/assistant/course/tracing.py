"""Read the files of a course line by line, and trace each to the provision that it names.

Nothing here asks the course where a line comes from: what a file prints is all that is known of it.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
import pptx
from docx.table import Table
from docx.text.paragraph import Paragraph

from assistant.course import words
from assistant.ground import check
from assistant.office.label import GENERATED
from assistant.phrases import Line
from corpus.citation import resolve
from corpus.library import Library
from corpus.validity import notes_on

QUOTED = re.compile(r"“([^”]+)”")


@dataclass
class Trace:
    """What was traced to a provision, what is this program's own frame, and what is neither."""

    library: Library
    traced: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    provisions: set[str] = field(default_factory=set)

    def meant(self, label: str) -> list[str]:
        """Return the one provision that a printed citation means."""
        # A short citation has a dot between document and place; the English full one a number.
        printed = re.sub(r" \(京.*?号\)", "", label.strip())
        printed = printed if re.search(r"Part|Article|Preamble", printed) else printed.replace("·", "")
        found = resolve(self.library, printed)
        assert len(found) == 1, (label, found)
        self.provisions |= set(found)
        return found

    def quotation(self, said: str, label: str) -> None:
        """Expect the very words at the place."""
        [place] = self.meant(label)
        self._keep(said, said in self.library.text_of(place))

    def statement(self, said: str, label: str) -> None:
        """Expect a sentence that its provision bears out."""
        self._keep(said, check(said, self.meant(label), self.library).supported)

    def remark(self, said: str, label: str) -> None:
        """Expect a remark of the program's, every word that it quotes being at the place."""
        [place] = self.meant(label)
        text = self.library.text_of(place)
        fixed = is_one_of(said, words.FORCE, words.OPEN_LIST, words.PAST)
        self._keep(said, fixed and all(word in text for word in QUOTED.findall(said)))

    def translation(self, said: str, label: str) -> None:
        """Expect the reference translation of a sentence of the place."""
        [place] = self.meant(label)
        leaves = self.library.provision(place).leaves()
        self._keep(said, any(said in (self.library.translation(leaf.id) or "") for leaf in leaves))

    def title(self, said: str) -> None:
        """Expect headings of the text, what a provision deals with, or the names of provisions."""
        text = "\n".join(document.text for document in self.library.documents)
        english = "\n".join(
            filter(
                None, (self.library.translation(leaf.id) for d in self.library.documents for leaf in d.leaves)
            )
        )
        says = "\n".join(f"{fact.say}\n{fact.say_en}" for fact in self.library.facts)
        pieces = [piece.strip().removesuffix("…") for piece in re.split(r"[；;]", said)]
        for piece in pieces:
            if any(piece in held for held in (text, says, english)):
                self._keep(piece, True)
            else:
                places = re.split(r"、(?=第)|, (?=Article|Part)", piece)
                document = places[0].partition("·")[0]
                for number, place in enumerate(places):
                    self.meant(
                        place
                        if number == 0
                        else f"{document}· {place}"
                        if "·" in places[0] and place.isascii()
                        else f"{document}{place}"
                    )
                self._keep(piece, True)

    def frame(self, said: str, *lines: Line) -> None:
        """Expect something that this program says of its own."""
        if is_one_of(said, GENERATED, *lines) or said in self.standing:
            self.framed.append(said)
        else:
            self.lost.append(said)

    @property
    def standing(self) -> set[str]:
        """What must be said of the documents."""
        from tests.assistant.course.making import DAY

        notes = [note for d in self.library.documents for note in notes_on(d.front, today=DAY)]
        return {text for note in notes for text in (note.zh, note.en)}

    def _keep(self, said: str, borne_out: bool) -> None:
        (self.traced if borne_out else self.lost).append(said)


def is_one_of(said: str, *lines: Line) -> bool:
    """Say whether words are one of these lines, whatever stands in its braces."""
    patterns = (
        re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for line in lines for text in (line.zh, line.en) if text
    )
    return any(re.fullmatch(pattern, said, re.DOTALL) for pattern in patterns)


def cited(said: str) -> tuple[str, str]:
    """Divide 「……（指引·第四条）」 into what is said and where."""
    match = re.fullmatch(r"(.*?)\s?[（(]((?:[^（）()]|[（(][^（）()]*[)）])+)[)）]", said, re.DOTALL)
    assert match, said
    return match[1], match[2]


def paragraphs(content: bytes) -> Iterator[Paragraph]:
    """Yield the paragraphs of a Word file that stand outside of tables."""
    for held in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(held, Paragraph) and held.text.strip():
            yield held


def tables(content: bytes) -> list[Table]:
    """Return the tables of a Word file."""
    return docx.Document(io.BytesIO(content)).tables


def trace_teaching(content: bytes, library: Library) -> Trace:
    """Trace the speaker's notes or the handout."""
    trace = Trace(library)
    waiting: list[tuple[str, str]] = []
    last = ""
    teaching = False
    for paragraph in paragraphs(content):
        style, said = paragraph.style.name, paragraph.text
        if style in ("Title", "Label"):
            trace.frame(said, words.HEAD)
        elif style == "Heading 1":
            teaching = bool(re.match(r"第\d+讲|Session \d+", said))
            if teaching:
                title = re.sub(
                    r"^(?:第\d+讲　|Session \d+[:　]\s*)|\s?[（(]\d+ ?(?:学时|class hours?)[，,]\s?\d+ ?(?:分钟|minutes)[)）]$",
                    "",
                    said,
                )
                trace.title(title)
            else:
                trace.frame(said, words.STANDING, words.TIMETABLE, words.QUIZ_SESSION, words.FILES["sources"])
        elif style == "Heading 2":
            label = cited(said)[0] if re.search(r"\d ?(?:分钟|minutes)[)）]$", said) else said
            if teaching:
                trace.meant(label)
            else:
                trace.frame(said, Line("《{title}》", "{title}"))
        elif not teaching:
            outside(trace, said, style)
        elif style == "Quote":
            waiting.append((style, said))
        elif style == "Note" and said.startswith(words.TRANSLATION.en.partition("{")[0]):
            waiting.append(("translation", said.removeprefix(words.TRANSLATION.en.partition("{")[0])))
        elif style == "Source":
            label = said.lstrip("— ")
            for kind, held in waiting:
                (trace.quotation if kind == "Quote" else trace.translation)(held, label)
            waiting.clear()
        elif style == "List Bullet":
            statement, last = cited(said)
            trace.statement(statement, last)
        elif style == "Note" and re.match(r"提示：|Hint: ", said):
            remark, label = cited(said)
            trace.remark(re.sub(r"^(?:提示：|Hint: )", "", remark), label)
        else:
            trace.statement(said, last)
    assert not waiting
    return trace


def outside(trace: Trace, said: str, style: str) -> None:
    """Trace what stands before and after the sessions: choices, standing, sources."""
    if is_one_of(said, words.BASIS, words.HOURS_BASIS):
        body, label = cited(said.rstrip("。."))
        quoted = re.search(r"“(.+)”", body)
        assert quoted
        trace.quotation(quoted[1], label)
    else:
        facts = [Line(f"{line.zh}：{{x}}", f"{line.en}: {{x}}") for line in words.SOURCE_FACTS.values()]
        trace.frame(
            said, words.AUDIENCE, words.UNITS_CHOSEN, words.NO_BASIS, words.HOURS, words.HOURS_FEWER, words.HOURS_ASSUMED,
            words.QUIZ_COUNT, words.QUIZ_FEWER, words.TRANSLATED, *facts,
        )  # fmt: skip


def trace_slides(content: bytes, library: Library) -> Trace:
    """Trace every paragraph that is shown, by the source at the foot of its slide, and everything in the notes."""
    trace = Trace(library)
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        shown = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.strip()]
        label = next(
            shape
            for shape in shown
            if shape.name == "Label"
            or GENERATED.zh in shape.text_frame.text
            or GENERATED.en in shape.text_frame.text
        )
        assert label is not None
        title = slide.shapes.title.text_frame.text
        body = [
            paragraph.text.replace("\v", "\n")
            for shape in slide.placeholders
            if shape.placeholder_format.idx == 1
            for paragraph in shape.text_frame.paragraphs
            if paragraph.text.strip()
        ]
        source = body[-1].lstrip("— ") if body and body[-1].startswith("—") else ""
        if re.match(r"第\d+讲|Session \d+", title):
            trace.title(re.sub(r"^(?:第\d+讲|Session \d+)　", "", title))
            for line in body:
                trace.meant(cited(line)[0])
        elif source:
            for line in body[:-1]:
                start = words.TRANSLATION.en.partition("{")[0]
                if line.startswith(start):
                    trace.translation(line.removeprefix(start), source)
                elif "　" in title:
                    trace.statement(line, source)
                else:
                    trace.quotation(line, source)
        else:
            for line in body:
                if (
                    line.startswith(("《", "Guideline of", "Implementation Plan of", "Notice on"))
                    and line not in trace.standing
                ):
                    trace.meant(line)
                else:
                    trace.frame(
                        line,
                        words.HOURS,
                        words.QUIZ_COUNT,
                        words.TRANSLATED,
                        Line("官方页面 {x}", "Official page {x}"),
                        Line("核对日期 {x}", "Checked on {x}"),
                    )
    return trace


def trace_key(content: bytes, library: Library) -> Trace:
    """Trace every answer of the key."""
    trace = Trace(library)
    [table] = tables(content)
    for row in list(table.rows)[1:]:
        said = [paragraph.text for paragraph in row.cells[2].paragraphs]
        label = row.cells[3].text
        trace.statement(said[0], label)
        for line in said[1:]:
            quoted = re.fullmatch(r"(?:原文：|In the text: )“(.+)”", line)
            if quoted:
                trace.quotation(quoted[1], label)
            else:
                trace.statement(line, label)
    return trace
