"""Hold an official text and its tree of provisions.

A provision is a view of its document: it owns a :class:`Span` of ``Document.text`` and no characters.
The leaves of a document tile its text, so joining them gives the text back exactly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

WHITE = "".join(
    map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200E), 0x2028, 0x2029))
) + ("\u202f\u205f\u2060\u3000\ufeff")
"""White space, and the characters of no width that web pages leave in otherwise empty lines."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points ``[start, end)`` of one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Level(StrEnum):
    """What kind of provision a node is, in the words that drafters use."""

    DOCUMENT = "document"
    PREAMBLE = "preamble"
    ANNEX = "annex"  # 附件, 附录, 附表
    PART = "part"  # 编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款
    ITEM = "item"  # 项
    SUBITEM = "subitem"  # 目
    HEADING = "heading"  # 一、
    SUBHEADING = "subheading"  # （一）
    POINT = "point"  # 1.
    SUBPOINT = "subpoint"  # (1)
    TITLE = "title"  # a leaf: a node's own heading, suffix #0
    SENTENCE = "sentence"  # a leaf: suffix #1, #2 …
    CLOSING = "closing"  # a leaf: suffix #end
    ASIDE = "aside"  # a leaf: suffix #aside; web markup or a table of contents, nothing to quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A node of a document's tree."""

    id: str
    level: Level
    number: str
    """As counted, in Arabic digits (``4``, ``12-1``); empty for a node that has none."""
    span: Span
    parent: str | None
    children: tuple["Provision", ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Say whether this is a piece of text and not a node with children."""
        return not self.children

    def walk(self) -> Iterator["Provision"]:
        """Yield this provision and everything below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator["Provision"]:
        """Yield the leaves below (or this provision itself), in the order of the text."""
        return (provision for provision in self.walk() if provision.is_leaf)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What is known about a document besides its words."""

    title: str
    short_title: str = ""
    """What people call it in speech and on a chip: 指引, 方案, 通知."""
    title_en: str = ""
    short_title_en: str = ""
    issuer: str = ""
    number: str = ""
    """发文字号."""
    number_source: str = ""
    """Where the number was seen, when the text itself does not print it."""
    issued_on: date | None = None
    effective_on: date | None = None
    kind: str = ""
    """文种: 通知, 方案, 指引, 条例 …"""
    status: str = ""
    """试行, 有效 …, in Chinese, as a reader should see it."""
    status_en: str = ""
    period_start: date | None = None
    period_end: date | None = None
    """When the document itself says what period its work covers."""
    repealed_on: date | None = None
    """The first day on which it is no longer in force."""
    official: bool = True
    """False for the project's own notes."""
    official_page: str = ""
    checked_on: date | None = None
    part_of: str = ""
    """Slug shared by documents that came in one official file."""
    order: int = 1000
    """Where it stands among the documents."""
    aliases: tuple[str, ...] = ()
    """Other names under which a citation may call it."""
    article_ids: str = "long"
    """``short`` when the articles are the document's direct steps (``guide/4``), else ``slug/article/4``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official text, untouched, with its tree."""

    slug: str
    front: FrontMatter
    text: str
    root: Provision
    provisions: Mapping[str, Provision] = field(repr=False)
    """Every node and leaf by id, in the order of the text."""

    @property
    def leaves(self) -> tuple[Provision, ...]:
        """The pieces that tile the text."""
        return tuple(self.root.leaves())

    def text_of(self, provision: Provision) -> str:
        """Return the provision's characters, white space and all."""
        return provision.span.of(self.text)
