"""Make the vectors of a generation, block by block, with a journal so that an interrupted run goes on where it was."""

import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedder import BundledEmbedder, Vectors
from index.fusion import USUAL
from index.plan import Plan

VECTORS = "vectors.npy"
FAMILIARITY = "familiarity.npy"
JOURNAL = "journal"
_BLOCK = 4096

Numbers = NDArray[np.float32]
Old = tuple[NDArray[np.int64], Vectors, Numbers]
"""For each entry its row in an older generation or -1, and that generation's vectors and familiarity."""


class Stopped(Exception):
    """The vectors will not be made to the end; what stopped them is raised elsewhere."""


class VectorFile:
    """Vectors and familiarity of all entries, in files that are filled from the beginning to the end."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._plan = plan
        self._folder = folder
        self.dimension = plan.embedder.dimension
        self._vectors = _map(folder / VECTORS, (len(plan), self.dimension))
        self._familiarity = _map(folder / FAMILIARITY, (len(plan),))
        self._changed = threading.Condition()
        self._stopped = False
        self._ready = self._resume()

    @property
    def ready(self) -> int:
        """How many entries have their vectors."""
        return self._ready

    def make(self, old: Old | None, tell: Callable[[int], None]) -> None:
        """Make what is missing, telling after each block how many there are; raises Stopped after :meth:`stop`."""
        with (self._folder / JOURNAL).open("a", encoding="ascii") as journal:
            while self._ready < len(self._plan):
                if self._stopped:
                    raise Stopped
                block = slice(self._ready, min(self._ready + _BLOCK, len(self._plan)))
                self._fill(block, old)
                journal.write(f"{block.stop} {self._digest(block)}\n")
                journal.flush()
                with self._changed:
                    self._ready = block.stop
                    self._changed.notify_all()
                tell(self._ready)

    def rows(self, wanted: NDArray[np.int64]) -> Vectors:
        """Return vectors, once they are there; raises Stopped when they never will be."""
        last = int(wanted.max()) + 1 if len(wanted) else 0
        with self._changed:
            self._changed.wait_for(lambda: self._ready >= last or self._stopped)
            if self._ready < last:
                raise Stopped
        return np.asarray(self._vectors[wanted])

    def stop(self) -> None:
        """Let nobody wait any longer, and make no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _fill(self, block: slice, old: Old | None) -> None:
        entries = np.arange(block.start, block.stop)
        if old is not None:
            source = old[0][block]
            known = source >= 0
            self._vectors[entries[known]] = old[1][source[known]]
            self._familiarity[entries[known]] = old[2][source[known]]
            entries = entries[~known]
        asked = np.fromiter(
            (self._plan.is_question(entry) for entry in entries), dtype=bool, count=len(entries)
        )
        for which, is_question in ((entries[asked], True), (entries[~asked], False)):
            if len(which):
                words = [self._plan.words(entry) for entry in which]
                self._vectors[which], self._familiarity[which] = self._encode(words, is_question=is_question)

    def _encode(self, words: list[str], *, is_question: bool) -> tuple[Vectors, Numbers]:
        embedder = self._plan.embedder
        if isinstance(embedder, BundledEmbedder):
            return embedder.encode_with_familiarity(words)
        rows = embedder.encode_queries(words) if is_question else embedder.encode_documents(words)
        return rows, np.full(
            len(words), USUAL, dtype=np.float32
        )  # another model is trusted with any language

    def _digest(self, block: slice) -> str:
        digest = sha256(np.ascontiguousarray(self._vectors[block]).tobytes())
        digest.update(self._familiarity[block].tobytes())
        return digest.hexdigest()

    def _resume(self) -> int:
        """Return how many entries from the beginning are as the journal says, and cut the journal there."""
        path = self._folder / JOURNAL
        ready, kept = 0, []
        for line in path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []:
            end, _, digest = line.partition(" ")
            stop = int(end) if end.isascii() and end.isdecimal() else 0
            if not ready < stop <= len(self._plan) or self._digest(slice(ready, stop)) != digest:
                break
            ready = stop
            kept.append(f"{line}\n")
        path.write_text("".join(kept), encoding="ascii")
        return ready


def _map(path: Path, shape: tuple[int, ...]) -> Numbers:
    """Open the file for changing, or make it, when it is not there or of another shape."""
    try:
        found: Numbers = np.load(path, mmap_mode="r+")
        if found.shape == shape and found.dtype == np.float32:
            return found
    except (OSError, ValueError):
        pass
    if 0 in shape:
        np.save(path, np.zeros(shape, dtype=np.float32))
        return np.zeros(shape, dtype=np.float32)
    return np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
