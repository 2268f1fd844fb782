"""Build the index as a generation on disk and switch to it in one step; open the current one, checked."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.document import FrontMatter
from corpus.library import Library
from index.current import Generation, current_of, pointed_to, switch
from index.embedder import Embedder
from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStale
from index.exact import Articles
from index.intent import open_intent
from index.lexical import Lexical
from index.manifest import Manifest, read_manifest, verify, write_manifest
from index.passage import passages_of
from index.plan import Plan, id_of, plan_index
from index.search import Index, Parts
from index.store import FolderStore, ServerStore, Store, alike
from index.unchanged import Inputs

BUILT = Path(__file__).parent / "built"
_LOCK = ".lock"
_PART = ".part"
_LOOKED_AT = 64
"""Vectors of a Chroma server's collection that are compared when it is opened."""

Progress = Callable[[int, int], None]
"""Called with how much is done of how much there is to do."""


def build_index(
    library: Library,
    embedder: Embedder,
    root: Path = BUILT,
    *,
    chroma_url: str = "",
    progress: Progress | None = None,
    inputs: Inputs | None = None,
) -> Generation:
    """Make the library's index the current one, building what is not there yet.

    ``inputs`` is what the library and the bundled model were read from, taken before: it is kept with the index, so that a
    later call with the same can be spared (:mod:`index.unchanged`).

    Raises:
        IndexBusy: another process is building.
        StoreAway: the Chroma server does not answer.
        ModelMissing: the model cannot be loaded.
    """
    plan = plan_index(passages_of(library), embedder, server=bool(chroma_url))
    return build(
        plan, root, chroma_url=chroma_url, progress=progress, inputs=inputs.still() if inputs else ""
    )


def build(
    plan: Plan,
    root: Path,
    *,
    chroma_url: str = "",
    progress: Progress | None = None,
    inputs: str = "",
) -> Generation:
    """Make the planned index the current one; as :func:`build_index`."""
    if pointed_to(root) == plan.fingerprint:
        try:
            manifest = _verified(plan, root, chroma_url)
        except (IndexDamaged, IndexMissing):
            pass  # that is what this call is for
        else:
            if inputs and manifest.inputs != inputs:
                _remember(root, manifest, inputs)
            return Generation(folder=root / plan.fingerprint, manifest=manifest, unchanged=True)
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
                unchanged = pointed_to(root) == plan.fingerprint
            except (IndexDamaged, IndexMissing):
                shutil.rmtree(folder, ignore_errors=True)
                part = root / f"{plan.fingerprint}{_PART}"
                previous = _usable(root)
                manifest = fill(plan, part, previous=previous, chroma_url=chroma_url, progress=progress)
                if inputs:
                    manifest = replace(manifest, inputs=inputs)
                    write_manifest(part, manifest)
                os.rename(part, folder)
            switch(root, plan.fingerprint)
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


def _remember(root: Path, manifest: Manifest, inputs: str) -> None:
    """Let the current generation's manifest say from which files the same index came this time, if that can be done."""
    from filelock import FileLock, Timeout

    with suppress(Timeout, OSError, IndexDamaged), FileLock(root / _LOCK, timeout=0):
        folder = root / manifest.fingerprint
        write_manifest(folder, replace(read_manifest(folder), inputs=inputs))


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
