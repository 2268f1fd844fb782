"""Build the index as a generation on disk and switch to it in one step; open the current one, checked."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import FrontMatter
from corpus.library import Library
from index.embedder import Embedder
from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStale
from index.exact import Articles
from index.intent import open_intent
from index.lexical import Lexical
from index.manifest import Manifest, read_manifest, verify
from index.passage import passages_of
from index.plan import Plan, id_of, plan_index
from index.search import Index, Parts
from index.store import FolderStore, ServerStore, Store, alike

BUILT = Path(__file__).parent / "built"
CURRENT = "CURRENT"
_LOCK = ".lock"
_PART = ".part"
_LOOKED_AT = 64
"""Vectors of a Chroma server's collection that are compared when it is opened."""

Progress = Callable[[int, int], None]
"""Called with how much is done of how much there is to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A finished index on disk."""

    folder: Path
    manifest: Manifest
    unchanged: bool
    """True when nothing had to be built."""

    def summary(self) -> str:
        """Return one line on what there is, in Chinese and English."""
        count = self.manifest.passages
        size = sum(size for size, _ in self.manifest.files.values()) / 1e6
        if self.unchanged:
            return f"索引已是最新，共 {count} 段。 The index is up to date: {count} passages."
        return (
            f"索引已建好，共 {count} 段，{size:.1f} MB。 The index is built: {count} passages, {size:.1f} MB."
        )


def build_index(
    library: Library,
    embedder: Embedder,
    root: Path = BUILT,
    *,
    chroma_url: str = "",
    progress: Progress | None = None,
) -> Generation:
    """Make the library's index the current one, building what is not there yet.

    Raises:
        IndexBusy: another process is building.
        StoreAway: the Chroma server does not answer.
        ModelMissing: the model cannot be loaded.
    """
    plan = plan_index(passages_of(library), embedder, server=bool(chroma_url))
    return build(plan, root, chroma_url=chroma_url, progress=progress)


def build(plan: Plan, root: Path, *, chroma_url: str = "", progress: Progress | None = None) -> Generation:
    """Make the planned index the current one; as :func:`build_index`."""
    if _pointed_to(root) == plan.fingerprint:
        try:
            return Generation(
                folder=root / plan.fingerprint, manifest=_verified(plan, root, chroma_url), unchanged=True
            )
        except (IndexDamaged, IndexMissing):
            pass  # that is what this call is for
    from filelock import FileLock, Timeout

    from index.building import fill
    from index.pruning import prune

    root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / _LOCK, timeout=0):
            folder = root / plan.fingerprint
            unchanged = False
            try:
                manifest = _verified(plan, root, chroma_url)
                unchanged = _pointed_to(root) == plan.fingerprint
            except (IndexDamaged, IndexMissing):
                shutil.rmtree(folder, ignore_errors=True)
                part = root / f"{plan.fingerprint}{_PART}"
                previous = _usable(root)
                manifest = fill(plan, part, previous=previous, chroma_url=chroma_url, progress=progress)
                os.rename(part, folder)
            _switch(root, plan.fingerprint)
            prune(root, keep=plan.fingerprint, chroma_url=chroma_url)
            return Generation(folder=folder, manifest=manifest, unchanged=unchanged)
    except Timeout:
        raise IndexBusy(root) from None


def open_index(library: Library, embedder: Embedder, root: Path = BUILT, *, chroma_url: str = "") -> Index:
    """Open the library's index, every byte of it checked first.

    Raises:
        IndexMissing: nothing has been built.
        IndexStale: the index is of other texts, another model or another version of the code.
        IndexDamaged: a file is missing, cut short, altered or foreign.
        StoreAway: the Chroma server does not answer.
    """
    plan = plan_index(passages_of(library), embedder, server=bool(chroma_url))
    fronts = {document.slug: document.front for document in library.texts}
    return open_planned(plan, root, chroma_url=chroma_url, fronts=fronts)


def open_planned(
    plan: Plan, root: Path, *, chroma_url: str = "", fronts: dict[str, FrontMatter] | None = None
) -> Index:
    """Open the planned index; as :func:`open_index`."""
    current = current_of(root)
    if current is None:
        raise IndexMissing(root)
    if current != plan.fingerprint and not (root / plan.fingerprint).is_dir():
        raise IndexStale(root, _difference(plan, root / current))
    manifest = _verified(plan, root, chroma_url)
    folder = root / plan.fingerprint
    store: Store = (
        ServerStore(chroma_url, manifest.collection) if chroma_url else FolderStore(folder / "chroma")
    )
    parts = Parts(
        store=store,
        lexical=Lexical(folder / "lexical"),
        articles=Articles(folder / "articles.npy"),
        vectors=np.load(folder / "vectors.npy", mmap_mode="r").view(np.ndarray),
        familiarity=np.load(folder / "familiarity.npy"),
        open_intent=lambda: open_intent(folder),
    )
    return Index(plan, parts, fronts=fronts)


def current_of(root: Path) -> str | None:
    """Return the current generation's fingerprint, or None when nothing was built.

    Raises IndexDamaged when the pointer names no generation.
    """
    try:
        content = (root / CURRENT).read_bytes()
    except FileNotFoundError:
        return None
    name = content.decode("ascii", "replace").removesuffix("\n")
    if len(name) != 64 or not set(name) <= set("0123456789abcdef") or not (root / name).is_dir():
        raise IndexDamaged(root, f"{CURRENT} names no generation")
    return name


def _pointed_to(root: Path) -> str | None:
    """Return the current generation's fingerprint as far as the pointer can be read."""
    try:
        return current_of(root)
    except IndexDamaged:
        return None


def _switch(root: Path, fingerprint: str) -> None:
    """Make a generation the current one: before this call the old one is, after it the new one, never neither."""
    aside = root / f"{CURRENT}.new"
    with aside.open("w", encoding="ascii") as file:
        file.write(f"{fingerprint}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, root / CURRENT)


def _verified(plan: Plan, root: Path, chroma_url: str) -> Manifest:
    """Return the planned generation's manifest when all of it is as it was written; else raise IndexDamaged."""
    folder = root / plan.fingerprint
    if not folder.is_dir():
        raise IndexMissing(root)
    manifest = read_manifest(folder)
    verify(folder, manifest.files)
    if manifest.collection:
        _verify_server(plan, folder, manifest, chroma_url)
    return manifest


def _verify_server(plan: Plan, folder: Path, manifest: Manifest, url: str) -> None:
    """Raise IndexDamaged unless the server has the collection, as many vectors, and the same ones where we look."""
    try:
        store = ServerStore(url, manifest.collection)
    except KeyError:
        raise IndexDamaged(folder, f"the Chroma server has no collection {manifest.collection}") from None
    try:
        if len(store) != manifest.entries:
            raise IndexDamaged(
                folder, f"the Chroma server has {len(store)} vectors where {manifest.entries} were written"
            )
        looked_at = np.unique(np.linspace(0, manifest.entries - 1, _LOOKED_AT).astype(np.int64))
        ours = np.load(folder / "vectors.npy", mmap_mode="r")
        theirs = store.vectors([id_of(plan.entries[entry]) for entry in looked_at])
        for entry in looked_at.tolist():
            vector = theirs.get(id_of(plan.entries[entry]))
            if vector is None or not alike(vector, ours[entry]):
                raise IndexDamaged(folder, "the Chroma server has other vectors than were written")
    finally:
        store.close()


def _usable(root: Path) -> Path | None:
    """Return the current generation's folder, if it is whole and its vectors and counts can be used again."""
    try:
        current = current_of(root)
        if current is None:
            return None
        manifest = read_manifest(root / current)
        verify(root / current, manifest.files)
    except IndexDamaged:
        return None
    return root / current


def _difference(plan: Plan, folder: Path) -> str:
    try:
        manifest = read_manifest(folder)
    except IndexDamaged:
        return "the documents, the model or the settings have changed"
    if manifest.embedder != plan.embedder.fingerprint:
        return f"it was built with another model than {plan.embedder.name}"
    if bool(manifest.collection) != plan.server:
        return "its vectors are kept elsewhere than CHROMA_URL says"
    return "the documents or the program have changed"
