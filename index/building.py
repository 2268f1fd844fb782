"""Fill a generation's folder: vectors, words, look-ups and Chroma, so that an interrupted build goes on where it was.

Vectors are made first and words counted then, while finished vectors go to Chroma, in another process where there are many
(``index.apart``). What an interrupted build left is checked before it is used.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from index.apart import GraphApart
from index.errors import IndexDamaged
from index.exact import write_articles
from index.graph import SAVED, Graph, Previous
from index.intent import FILES as INTENT
from index.intent import train_intent
from index.lexical import Lexical, write_lexical
from index.manifest import Manifest, checksums, read_manifest, verify, write_manifest
from index.plan import FORMAT, Plan, code_of_intent, id_of
from index.store import Rows, ServerWriter, Source
from index.vectors import FAMILIARITY, JOURNAL, VECTORS, Old, VectorFile

Progress = Callable[[int, int], None]
_APART = 2000
"""Entries from which Chroma's folder is filled in another process, which takes half a second to start."""
_FILES = ("entries.npy", "articles.npy", VECTORS, FAMILIARITY, *INTENT)


def fill(
    plan: Plan, part: Path, *, previous: Path | None, chroma_url: str, progress: Progress | None
) -> Manifest:
    """Fill the folder ``part`` with the planned generation, and return its manifest, which is written last.

    ``previous`` is a whole generation, of which is used what fits. Raises StoreAway and ModelMissing.
    """
    manifest = _finished(plan, part)
    if manifest is None:
        part.mkdir(parents=True, exist_ok=True)
        last = None if previous is None else Previous.read(previous)
        manifest = _fill(plan, part, last, chroma_url, _Steps(len(plan), progress))
    for name in (JOURNAL, f"{SAVED}.json"):
        (part / name).unlink(missing_ok=True)
    shutil.rmtree(part / SAVED, ignore_errors=True)
    return manifest


def _finished(plan: Plan, part: Path) -> Manifest | None:
    """Return the manifest of a folder that was filled, and not yet put in its place."""
    try:
        manifest = read_manifest(part, plan.fingerprint)
        verify(part, manifest.files)
    except IndexDamaged:
        return None
    return manifest


class _Steps:
    """Adds up what both threads have done: every entry is embedded, and stored."""

    def __init__(self, entries: int, progress: Progress | None) -> None:
        self._entries = entries
        self._progress = progress
        self._made = self._stored = 0

    def made(self, count: int) -> None:
        self._made = count
        self._tell()

    def stored(self, count: int) -> None:
        self._stored = count
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress((self._made + self._stored) // 2, self._entries)


def _fill(plan: Plan, part: Path, previous: Previous | None, chroma_url: str, steps: _Steps) -> Manifest:
    np.save(part / "entries.npy", plan.entries)
    vectors = VectorFile(part, plan)
    filler = _filler(plan, part, _suitable(plan, vectors, previous), chroma_url, vectors)

    def made(count: int) -> None:
        filler.tell(count)
        steps.made(count)

    with ThreadPoolExecutor(1) as worker:
        rest = worker.submit(_make_rest, plan, part, previous, vectors, made)
        rest.add_done_callback(lambda future: filler.close() if future.exception() else None)
        try:
            holes = filler.fill(steps.stored)
        except BaseException:
            if rest.done():
                rest.result()  # raises what came first, if that was there
            raise
        finally:
            vectors.stop()
            filler.close()
        rest.result()
    steps.stored(len(plan))
    folders = [part / "lexical", *([] if plan.server else [part / "chroma"])]
    kept = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    manifest = Manifest(
        format=FORMAT,
        fingerprint=plan.fingerprint,
        embedder=plan.embedder.fingerprint,
        passages=len(plan.passages),
        entries=len(plan),
        dimension=vectors.dimension,
        holes=holes,
        lessons=_lessons(plan),
        collection=collection_of(plan.fingerprint) if plan.server else "",
        files=checksums(part, [*kept, *(part / name for name in _FILES)]),
    )
    write_manifest(part, manifest)
    return manifest


class _Filler(Protocol):
    """Puts vectors where they are searched, as they become ready."""

    def tell(self, ready: int) -> None:
        """Say that the first so many entries have their vectors."""
        ...

    def fill(self, stored: Callable[[int], None]) -> int:
        """Put every entry's vector in, saying how many are; return how many deleted ones stay."""
        ...

    def close(self) -> None:
        """Stop, whatever is being done."""
        ...


def _filler(
    plan: Plan, part: Path, suitable: Previous | None, chroma_url: str, vectors: VectorFile
) -> _Filler:
    if plan.server:
        return _Here(plan, vectors, lambda source: _fill_server(plan, chroma_url, source))
    if len(plan) < _APART:
        return _Here(plan, vectors, Graph(plan.entries, part, suitable).fill)
    return GraphApart(part, suitable.folder if suitable else None, ready=vectors.ready)


class _Here:
    """Puts vectors in from this process."""

    def __init__(self, plan: Plan, vectors: VectorFile, put: Callable[[Source], int]) -> None:
        self._plan = plan
        self._vectors = vectors
        self._put = put

    def tell(self, ready: int) -> None:
        """Say nothing: it waits for the vectors themselves."""

    def fill(self, stored: Callable[[int], None]) -> int:
        """Put every entry's vector in."""

        def source(rows: Rows) -> tuple[list[str], NDArray[np.float32]]:
            found = self._vectors.rows(rows)
            stored(int(rows[-1]) + 1)
            return [id_of(self._plan.entries[row]) for row in rows], found

        return self._put(source)

    def close(self) -> None:
        """Let nobody wait for vectors that will not come."""
        self._vectors.stop()


def _suitable(plan: Plan, vectors: VectorFile, previous: Previous | None) -> Previous | None:
    """Return the last generation if its vectors are those that would be made again."""
    if previous is None:
        return None
    manifest = previous.manifest
    made_alike = (manifest.format, manifest.embedder, manifest.dimension) == (
        FORMAT,
        plan.embedder.fingerprint,
        vectors.dimension,
    )
    return previous if made_alike else None


def _make_rest(
    plan: Plan, part: Path, previous: Previous | None, vectors: VectorFile, made: Callable[[int], None]
) -> None:
    """Make the vectors, then all that is not Chroma's."""
    alike = _suitable(plan, vectors, previous)
    old: Old | None = None
    if alike is not None:
        before = [np.load(alike.folder / name, mmap_mode="r") for name in (VECTORS, FAMILIARITY)]
        old = (alike.places_of(plan.entries), before[0], before[1])
    vectors.make(old, made)
    kept, fresh = None, np.arange(len(plan))
    if previous is not None and previous.manifest.format == FORMAT:
        places = previous.places_of(plan.entries)
        moved = np.full(len(previous.entries), -1, dtype=np.int64)
        moved[places[places >= 0]] = np.flatnonzero(places >= 0)
        kept, fresh = (Lexical(previous.folder / "lexical"), moved), np.flatnonzero(places < 0)
    write_lexical(part / "lexical", _Words(plan, fresh), fresh, size=len(plan), kept=kept)
    write_articles(part / "articles.npy", plan.passages, plan.entry_of.tolist())
    if alike is not None and alike.manifest.lessons == _lessons(plan):
        for name in INTENT:
            shutil.copyfile(alike.folder / name, part / name)
    else:
        train_intent(plan.passages, plan.embedder).save(part)


def _lessons(plan: Plan) -> str:
    """Return a digest of what a reader of questions learns from."""
    taught = [(passage.text, passage.labels) for passage in plan.passages if passage.labels]
    return sha256(json.dumps([code_of_intent(), taught]).encode()).hexdigest()


class _Words(Sequence[str]):
    """The words of some entries, put together when they are read."""

    def __init__(self, plan: Plan, entries: Rows) -> None:
        self._plan = plan
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, int):
            return self._plan.words(int(self._entries[place]))
        return [self._plan.words(entry) for entry in self._entries[place].tolist()]


def collection_of(fingerprint: str) -> str:
    """Return what a generation's collection is called on a Chroma server."""
    return f"generation-{fingerprint[:40]}"


def _fill_server(plan: Plan, url: str, source: Source) -> int:
    writer = ServerWriter(url, collection_of(plan.fingerprint))
    try:
        writer.add(np.arange(len(plan)), source=source)
    finally:
        writer.close()
    return 0
