"""Open every document of the corpus, and look provisions up by id."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.cues import Cue, read_cues
from corpus.document import WHITE, Document, Provision
from corpus.errors import ExplainedError
from corpus.frontmatter import DocumentUnreadable, read_text_file
from corpus.places import Places
from corpus.questions import AskedQuestion, read_questions
from corpus.rules import (
    Duty,
    Fact,
    NameTemplate,
    Phase,
    Room,
    Rules,
    Service,
    Target,
    gather_rules,
    read_rules,
)
from corpus.structure import parse
from corpus.titles import Titles
from corpus.translation import read_translation

DOCUMENTS = Path(__file__).parent / "documents"
_NOT_IN_IDS = frozenset("#/?~《》，。；：、（）()“”\"'")


class CorpusEmpty(ExplainedError):
    """There is no official document to answer from."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no document under {folder}.", fix="Put one at <name>/text.md in that folder."
        )


class UnknownProvision(ExplainedError, KeyError):
    """An id that no document of the corpus has."""

    def __init__(self, id: str) -> None:
        super().__init__(f"There is no provision {id}.", fix="Run: python -m assistant show")

    __str__ = ExplainedError.__str__


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a document, without the white space around them."""

    provision: str
    text: str
    start: int
    """Code points of the document's text (after the front matter): ``text == document.text[start:end]``."""
    end: int


class Library:
    """All documents, in their order, and everything that is written about them.

    The official documents answer; the project's own notes stand apart, and are only turned to where these are silent.
    """

    def __init__(self, documents: Mapping[str, Document], folder: Path) -> None:
        self._documents = dict(documents)
        self.folder = folder

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every official document, by ``order`` and then by slug."""
        return tuple(document for document in self._documents.values() if document.front.official)

    @cached_property
    def notes(self) -> tuple[Document, ...]:
        """The project's own notes, which are no official texts, by ``order`` and then by slug."""
        return tuple(document for document in self._documents.values() if not document.front.official)

    @property
    def texts(self) -> tuple[Document, ...]:
        """The official documents, and then the notes."""
        return (*self.documents, *self.notes)

    def document(self, slug: str) -> Document:
        """Return the document with that slug; raises UnknownProvision."""
        try:
            return self._documents[slug]
        except KeyError:
            raise UnknownProvision(slug) from None

    def document_of(self, id: str) -> Document:
        """Return the document that a provision belongs to; raises UnknownProvision."""
        document = self._documents.get(slug_of(id))
        if document is None or id not in document.provisions:
            raise UnknownProvision(id)
        return document

    def provision(self, id: str) -> Provision:
        """Return the node or leaf with that id; raises UnknownProvision."""
        return self.document_of(id).provisions[id]

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        document = self._documents.get(slug_of(id))
        return document is not None and id in document.provisions

    def provisions(self) -> Iterator[Provision]:
        """Yield every node and leaf of every document, in order, those of the notes last."""
        for document in self.texts:
            yield from document.root.walk()

    def text_of(self, id: str) -> str:
        """Return a provision's characters, white space and all; raises UnknownProvision."""
        document = self.document_of(id)
        return document.text_of(document.provisions[id])

    def quote_of(self, id: str) -> Quotation:
        """Return a provision's words without outer white space; raises UnknownProvision."""
        document = self.document_of(id)
        span = document.provisions[id].span
        raw = span.of(document.text)
        words = raw.strip(WHITE)
        start = span.start + len(raw) - len(raw.lstrip(WHITE)) if words else span.start
        return Quotation(provision=id, text=words, start=start, end=start + len(words))

    def translation(self, id: str, lang: str = "en") -> str | None:
        """Return the reference translation of a leaf, or of a node from all its leaves; None where there is none."""
        provision = self.provision(id)
        known = self._translations.get((slug_of(id), lang))
        if known is None:
            known = read_translation(self.folder / slug_of(id) / f"{lang}.md", self.document_of(id))
            self._translations[slug_of(id), lang] = known
        if id in known:
            return known[id]
        pieces = [known.get(leaf.id) for leaf in provision.leaves()]
        return " ".join(piece for piece in pieces if piece) if all(pieces) else None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact, in the order of the documents and of their files; raises RulesError on first use."""
        return self.rules.facts

    def fact(self, id: str) -> Fact:
        """Return the fact with that id; raises KeyError."""
        return self._facts[id]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms of each tier's institution."""
        return self.rules.rooms

    @property
    def names(self) -> tuple[NameTemplate, ...]:
        """How each tier's institution is called."""
        return self.rules.names

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of each tier's institution."""
        return self.rules.services

    @property
    def targets(self) -> tuple[Target, ...]:
        """The numbers to be reached."""
        return self.rules.targets

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The stages of the work."""
        return self.rules.phases

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Who has to do what by when."""
        return self.rules.duties

    @cached_property
    def rules(self) -> Rules:
        """All that ``rules.toml`` files state, read and checked on first use; raises RulesError."""
        homes = ((document, self.folder / document.slug / "rules.toml") for document in self.documents)
        return gather_rules({path: read_rules(path, document) for document, path in homes})

    @cached_property
    def questions(self) -> tuple[AskedQuestion, ...]:
        """How people ask, from every ``questions.jsonl``, read and checked on first use; raises RulesError."""
        return self._questions_of(self.documents)

    @cached_property
    def note_questions(self) -> tuple[AskedQuestion, ...]:
        """How people ask for what only the notes say, read and checked on first use; raises RulesError."""
        return self._questions_of(self.notes)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """What a question must say for an entry of the notes, read and checked on first use; raises RulesError."""
        homes = (self.folder / document.slug / "cues.toml" for document in self.notes)
        return tuple(
            cue
            for home in homes
            for cue in read_cues(home, facts=self._facts, is_provision=self.__contains__)
        )

    def _questions_of(self, documents: Iterable[Document]) -> tuple[AskedQuestion, ...]:
        return tuple(
            asked
            for document in documents
            for asked in read_questions(
                self.folder / document.slug / "questions.jsonl",
                facts=self._facts,
                is_provision=self.__contains__,
            )
        )

    @cached_property
    def titles(self) -> Titles:
        """The names of all documents."""
        return Titles(self.texts)

    def places(self, slug: str) -> Places:
        """The numbered provisions of one document; raises UnknownProvision."""
        if slug not in self._places:
            self._places[slug] = Places(self.document(slug))
        return self._places[slug]

    @cached_property
    def _places(self) -> dict[str, Places]:
        return {}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.rules.facts}

    @cached_property
    def _translations(self) -> dict[tuple[str, str], Mapping[str, str]]:
        return {}


def slug_of(id: str) -> str:
    """Return the first step of a provision's id: its document's slug."""
    return node_of(id).partition("/")[0]


def node_of(id: str) -> str:
    """Return the provision that an id stands in: the id itself without the suffix of a leaf."""
    return id.partition("#")[0]


def stands_in(id: str, node: str) -> bool:
    """Say whether an id is that of a node or of something below it."""
    return id == node or id.startswith((f"{node}#", f"{node}/"))


def load_library(folder: Path = DOCUMENTS) -> Library:
    """Read every ``<slug>/text.md`` under ``folder``.

    Raises CorpusEmpty when there is none, and DocumentUnreadable, naming the file, for one that is faulty.
    """
    try:
        paths = sorted(
            path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))
        )
    except OSError as error:
        raise CorpusEmpty(folder) from error
    loaded: list[Document] = []
    seen: dict[str, Path] = {}
    for home in paths:
        path = home / "text.md"
        slug = home.name
        if not path.exists():
            raise DocumentUnreadable(
                path, "missing.", fix=f"Put the document there, or remove the folder {home.name}."
            )
        if any(character in _NOT_IN_IDS or character.isspace() for character in slug):
            raise DocumentUnreadable(
                path, f"{slug!r} cannot begin an id.", fix="Rename the folder: letters, digits, -."
            )
        if slug.casefold() in seen:
            raise DocumentUnreadable(
                path, f"same name as {seen[slug.casefold()]}.", fix="Rename one of the folders."
            )
        seen[slug.casefold()] = home
        front, text = read_text_file(path)
        loaded.append(parse(slug, front, text))
    if not any(document.front.official for document in loaded):
        raise CorpusEmpty(folder)
    loaded.sort(key=lambda document: (document.front.order, document.slug))
    return Library({document.slug: document for document in loaded}, folder)
