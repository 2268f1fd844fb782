"""Say what the index of given passages would be, before anything is built: the one source of that truth."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import intent, lexical, store
from index.embedder import Embedder
from index.passage import Kind, Passage

FORMAT = 5
"""Raised whenever the files of a generation, or what is counted and embedded, change their meaning."""

Ids = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """The passages, and the different words among them, each of which is embedded and counted once.

    An *entry* is such words. Entries stand in the order of their digests: the same words keep their place from build to
    build as far as that goes, and the graph of vectors is made in an order that has nothing to do with the texts' order,
    without which near-identical articles form islands that its search does not find.
    """

    passages: Sequence[Passage]
    entries: Ids
    """Two columns: the halves of each entry's digest; sorted."""
    entry_of: NDArray[np.int64]
    """Each passage's entry."""
    sample: NDArray[np.int64]
    """For each entry a passage that has its words."""
    embedder: Embedder
    server: bool
    fingerprint: str
    """Digest of the passages, the model, the settings and the code's format."""

    def __len__(self) -> int:
        return len(self.entries)

    def words(self, entry: int) -> str:
        """Return what is embedded and counted."""
        words: str = self.passages[self.sample[entry]].words
        return words

    def is_question(self, entry: int) -> bool:
        """Say whether the words are embedded as a question is."""
        return self.passages[self.sample[entry]].kind is Kind.QUESTION


def plan_index(passages: Sequence[Passage], embedder: Embedder, *, server: bool = False) -> Plan:
    """Return what the index of these passages with this model would be; ``server`` when vectors go to a Chroma server."""
    digests = b"".join(_digest(passage) for passage in passages)
    rows = np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(-1, 2)
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    ordered = rows[order]
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    entry_of = np.empty(len(ordered), dtype=np.int64)
    entry_of[order] = np.cumsum(new) - 1
    return Plan(
        passages=passages,
        entries=ordered[new],
        entry_of=entry_of,
        sample=order[new],
        embedder=embedder,
        server=server,
        fingerprint=_fingerprint(passages, digests, embedder, server=server),
    )


def _digest(passage: Passage) -> bytes:
    role = b"q" if passage.kind is Kind.QUESTION else b"d"
    return blake2b(passage.words.encode("utf-8", "surrogatepass"), digest_size=16, key=role).digest()


def _fingerprint(passages: Sequence[Passage], digests: bytes, embedder: Embedder, *, server: bool) -> str:
    settings = {
        "format": FORMAT,
        "bm25": [lexical.K1, lexical.B],
        "chroma": store.SETTINGS,
        "server": server,
        "embedder": embedder.fingerprint,
        "intent": code_of_intent(),
    }
    digest = sha256(json.dumps(settings, sort_keys=True).encode())
    for passage in passages:
        about = (
            passage.key,
            passage.kind,
            passage.document,
            *passage.provisions,
            "",
            *passage.tiers,
            "",
            *passage.labels,
        )
        digest.update("\x1f".join(about).encode("utf-8", "surrogatepass") + b"\n")
    digest.update(digests)
    return digest.hexdigest()


def code_of_intent() -> str:
    """Return a digest of the code that learns from questions, all of which decides what is learned."""
    return sha256(Path(intent.__file__).read_bytes()).hexdigest()


def places_of(wanted: Ids, among: Ids, *, firsts: NDArray[np.uint64] | None = None) -> NDArray[np.int64]:
    """Return where each wanted entry stands among others, or -1.

    ``firsts`` is the first column of ``among`` in a row, for who asks often: it is copied otherwise.
    """
    places = np.searchsorted(among[:, 0] if firsts is None else firsts, wanted[:, 0])
    places[places == len(among)] = 0
    if not len(among):
        return np.full(len(wanted), -1, dtype=np.int64)
    return np.where((among[places] == wanted).all(axis=1), places, -1).astype(np.int64)


def id_of(entry: Ids) -> str:
    """Return an entry's id in Chroma: its digest in hexadecimal."""
    return f"{int(entry[0]):016x}{int(entry[1]):016x}"


def entries_of(ids: Sequence[str]) -> Ids:
    """Return the digests that Chroma ids write."""
    return np.frombuffer(bytes.fromhex("".join(ids)), dtype=">u8").astype(np.uint64).reshape(-1, 2)
