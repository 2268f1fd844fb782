"""Fill a generation's Chroma folder, going on from an interrupted build or from the last generation where that is less work."""

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.manifest import Manifest, checksums, read_manifest, verify
from index.plan import Ids, id_of, places_of
from index.store import FolderStore, FolderWriter, Source

SAVED = "saved"
"""Folder of a copy from which an interrupted build goes on, and stem of the file that says what it holds."""
_SAVE_AFTER = 10.0
"""Seconds of work worth keeping through an interruption."""
_MOST_HOLES = 0.25
"""Share of deleted vectors in the graph from which it is made afresh."""
_LEAST_KEPT = 0.5
"""Share of the entries that must be in the last graph for it to be the beginning of the new one."""
_PROBES = 32


@dataclass(frozen=True, slots=True)
class Previous:
    """The last generation, of which vectors, counts and graph are used again."""

    folder: Path
    manifest: Manifest
    entries: Ids

    @classmethod
    def read(cls, folder: Path) -> "Previous":
        """Read what the last generation was."""
        return cls(folder, read_manifest(folder), np.load(folder / "entries.npy"))

    def places_of(self, entries: Ids) -> NDArray[np.int64]:
        """Return where these entries stood in it, or -1."""
        return places_of(entries, self.entries)


class Graph:
    """The Chroma folder of a generation that is being built."""

    def __init__(self, entries: Ids, part: Path, previous: Previous | None) -> None:
        self._entries = entries
        self._part = part
        self._folder = part / "chroma"
        self._saved = part / SAVED
        self._previous = previous if previous is not None and self._fits(previous) else None
        self._last_saved = time.monotonic()

    def fill(self, source: Source) -> int:
        """Put every entry into the folder's collection; return how many deleted vectors its graph holds."""
        shutil.rmtree(self._folder, ignore_errors=True)
        base = self._previous
        places = np.full(len(self._entries), -1) if base is None else base.places_of(self._entries)
        missing = np.flatnonzero(places < 0)
        gone = self._gone(base)
        start = self._restore()
        if start == 0 and base is not None:
            shutil.copytree(base.folder / "chroma", self._folder)
        writer = FolderWriter(self._folder, len(self._entries))
        if start == 0 and base is not None:
            writer.delete([id_of(base.entries[place]) for place in gone])
        writer.add(missing, start=start, source=source, saved=lambda done: self._save(done, len(missing)))
        if not len(self._entries):
            writer.create()
        writer.finish()
        self._probe(source)
        return 0 if base is None else base.manifest.holes + len(gone)

    def _fits(self, previous: Previous) -> bool:
        """Say whether going on from the last graph is less work than a new one, and leaves it as good."""
        if previous.manifest.collection or not len(self._entries):
            return False
        kept = int((previous.places_of(self._entries) >= 0).sum())
        holes = previous.manifest.holes + len(previous.entries) - kept
        return kept >= _LEAST_KEPT * len(self._entries) and holes <= _MOST_HOLES * len(self._entries)

    def _gone(self, base: Previous | None) -> NDArray[np.int64]:
        if base is None:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(places_of(base.entries, self._entries) < 0)

    def _base_name(self) -> str:
        return "" if self._previous is None else self._previous.manifest.fingerprint

    def _save(self, done: int, total: int) -> None:
        """Copy the folder aside, from where a build that is interrupted later goes on."""
        if done == total or time.monotonic() - self._last_saved < _SAVE_AFTER:
            return
        note = self._part / f"{SAVED}.json"
        note.unlink(missing_ok=True)  # from here until it is written again there is nothing to go on from
        shutil.rmtree(self._saved, ignore_errors=True)
        shutil.copytree(self._folder, self._saved)
        files = checksums(self._saved, [path for path in self._saved.rglob("*") if path.is_file()])
        aside = note.with_suffix(".new")
        aside.write_text(
            json.dumps({"base": self._base_name(), "done": done, "files": files}), encoding="ascii"
        )
        os.replace(aside, note)
        self._last_saved = time.monotonic()

    def _restore(self) -> int:
        """Put back what an interrupted build saved, and return how many of the missing entries are in it."""
        try:
            told = json.loads((self._part / f"{SAVED}.json").read_text(encoding="ascii"))
            if told["base"] != self._base_name():
                return 0
            verify(self._saved, {name: (size, digest) for name, (size, digest) in told["files"].items()})
            done = int(told["done"])
        except (OSError, ValueError, KeyError, TypeError, IndexDamaged):
            return 0
        shutil.copytree(self._saved, self._folder)
        return done

    def _probe(self, source: Source) -> None:
        """Raise RuntimeError unless vectors find themselves in what was written."""
        rows = np.unique(np.linspace(0, len(self._entries) - 1, _PROBES).astype(np.int64))
        if not len(self._entries):
            return
        ids, vectors = source(rows)
        store = FolderStore(self._folder)
        try:
            looked = [(id, vector) for id, vector in zip(ids, vectors, strict=True) if vector.any()]
            found = sum(id in store.nearest(vector, min(10, len(self._entries))) for id, vector in looked)
        finally:
            store.close()
        if found < len(looked) * 0.9:
            raise RuntimeError(f"Chroma finds only {found} of {len(looked)} vectors that it was given")
