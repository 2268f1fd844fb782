"""Fill Chroma's folder in a process of its own, while this one makes vectors and counts words.

Chroma keeps the interpreter's lock while it inserts, so a thread beside it would mostly wait. The two processes share the
files of the generation. This one says how many vectors are in them, a number a line; the other says how many it has stored,
and at last how many deleted vectors its graph holds. The other never outlives this one by more than a batch, and a lock keeps
it from a later build's until then.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import numpy as np

from index.graph import Graph, Previous
from index.plan import id_of
from index.store import Rows, Vectors
from index.vectors import VECTORS

LOCK = ".filling"
_ROOT = Path(__file__).resolve().parent.parent
_STORED, _HOLES = "stored", "holes"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class GraphApart:
    """The process that fills the Chroma folder of a generation that is being built in ``part``."""

    def __init__(self, part: Path, previous: Path | None, *, ready: int) -> None:
        command = [sys.executable, "-m", "index.apart", str(part.resolve())]
        if previous is not None:
            command.append(str(previous.resolve()))
        self._process = subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.tell(ready)

    def tell(self, ready: int) -> None:
        """Say that the first so many entries have their vectors."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{ready}\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            pass  # it has ended, which :meth:`fill` finds out

    def fill(self, stored: Callable[[int], None]) -> int:
        """Wait until every entry is in the folder, and return how many deleted vectors its graph holds.

        ``stored`` is called with how many are there. Raises RuntimeError when the process fails; it has printed why.
        """
        assert self._process.stdout is not None
        holes = None
        for line in self._process.stdout:
            what, _, count = line.partition(" ")
            if what == _STORED:
                stored(int(count))
            elif what == _HOLES:
                holes = int(count)
        status = self._process.wait()
        if status or holes is None:
            raise RuntimeError(f"filling Chroma's folder ended with status {status}")
        return holes

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        with suppress(OSError), self._process:
            pass


class _Arriving:
    """The vectors that the first process makes, as far as it says that they are there; ends this one when it is gone."""

    def __init__(self, part: Path, told: TextIO) -> None:
        self._vectors = np.load(part / VECTORS, mmap_mode="r")
        self._told = told
        self._ready = 0
        self._changed = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._told:
            with self._changed:
                self._ready = int(line)
                self._changed.notify_all()
        os._exit(1)

    def rows(self, wanted: Rows) -> Vectors:
        """Return vectors, once they are there."""
        last = int(wanted.max()) + 1
        with self._changed:
            self._changed.wait_for(lambda: self._ready >= last)
        return np.asarray(self._vectors[wanted])


def main(part: Path, previous: Path | None) -> None:
    """Fill the folder; what the process that is started runs."""
    from filelock import FileLock

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever a library prints is not an answer
    arriving = _Arriving(part, sys.stdin)
    entries = np.load(part / "entries.npy")

    def source(rows: Rows) -> tuple[list[str], Vectors]:
        found = arriving.rows(rows)
        print(_STORED, int(rows[-1]) + 1, file=answers, flush=True)
        return [id_of(entries[row]) for row in rows], found

    with FileLock(part.parent / LOCK):
        holes = Graph(entries, part, None if previous is None else Previous.read(previous)).fill(source)
    print(_HOLES, holes, file=answers, flush=True)


if __name__ == "__main__":
    folder, last = Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]
    main(folder, last[0] if last else None)
