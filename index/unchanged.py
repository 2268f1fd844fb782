"""Find out that nothing has changed since the index was built, without reading a document or loading the model.

What an index is made of are files: the documents, the model, and the code and data of the two rooms that read them. Their
digest is kept with the index. Standard library alone: everything else would take longer than the answer may.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import corpus
from index.current import Generation, pointed_to
from index.errors import IndexDamaged
from index.manifest import read_manifest, verify

_HERE = Path(__file__).resolve().parent
_ROOMS = (Path(corpus.__file__).resolve().parent, _HERE)
_ASIDE = frozenset({"__pycache__", "documents", "built", "training"})
"""Folders of the rooms that hold nothing an index is made of, or that are looked at by themselves."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an index with the bundled model would be made from, as it lay when this was taken."""

    documents: Path
    digest: str

    @classmethod
    def take(cls, documents: Path) -> "Inputs":
        """Read the files; one that cannot be read counts as such."""
        digest = sha256()
        for place, folder in enumerate((*_ROOMS, documents)):
            for path in _files(folder, frozenset() if folder == documents else _ASIDE):
                name = f"\0{place}\0{os.path.relpath(path, folder)}\0"
                digest.update(name.encode("utf-8", "surrogateescape"))
                digest.update(_digest(path))
        return cls(documents, digest.hexdigest())

    def still(self) -> str:
        """Return the digest if it would be the same now, else nothing: then it says nothing of what was read meanwhile."""
        return self.digest if Inputs.take(self.documents) == self else ""


def find_unchanged(root: Path, inputs: Inputs) -> Generation | None:
    """Return the current generation if it is whole and was made from these; None when that has to be looked into."""
    current = pointed_to(root)
    if current is None:
        return None
    folder = root / current
    try:
        manifest = read_manifest(folder)
        if manifest.inputs != inputs.digest or manifest.collection:
            return None
        verify(folder, manifest.files)
    except IndexDamaged:
        return None
    return Generation(folder=folder, manifest=manifest, unchanged=True)


def _files(folder: Path, aside: frozenset[str]) -> Iterator[str]:
    """Yield the files below a folder in a fixed order; links are followed, as readers of documents do, but not in circles."""
    seen = set()
    for home, folders, names in os.walk(folder, followlinks=True):
        place = os.path.realpath(home)
        folders[:] = [] if place in seen else sorted(set(folders) - aside)
        seen.add(place)
        yield from (os.path.join(home, name) for name in sorted(names))


def _digest(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return sha256(file.read()).digest()
    except OSError:
        return b"unreadable"
