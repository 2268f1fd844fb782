"""Remove what no reader will open again: old generations, and what interrupted builds left."""

import shutil
from pathlib import Path

from index.embedder import BUNDLED, static_fingerprint
from index.errors import IndexDamaged, StoreAway
from index.manifest import Manifest, read_manifest
from index.store import ServerWriter

SPARED = 1
"""Generations besides the current one that stay: a process that opened one may still be reading it."""


def prune(root: Path, *, keep: str, chroma_url: str) -> None:
    """Remove all generations but ``keep``, the newest other one, and the newest of the bundled model.

    The last is what goes on serving when another model becomes unreachable. Called under the writer's lock.
    """
    others = [path for path in root.iterdir() if path.is_dir() and path.name != keep and _is_ours(path.name)]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    whole = [(path, manifest) for path in others if (manifest := _manifest_of(path)) is not None]
    spared = {path for path, _ in whole[:SPARED]}
    bundled = static_fingerprint(BUNDLED)
    spared.update([path for path, manifest in whole if manifest.embedder == bundled][:1])
    collections = dict(whole)
    for path in others:
        if path not in spared:
            manifest = collections.get(path)
            if manifest is not None and manifest.collection and chroma_url:
                _drop(chroma_url, manifest.collection)
            shutil.rmtree(path, ignore_errors=True)


def _is_ours(name: str) -> bool:
    stem = name.partition(".")[0]
    return len(stem) == 64 and set(stem) <= set("0123456789abcdef")


def _manifest_of(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except IndexDamaged:
        return None


def _drop(url: str, collection: str) -> None:
    try:
        server = ServerWriter(url, collection)
    except StoreAway:
        return  # what it keeps does no harm
    try:
        server.drop(collection)
    finally:
        server.close()
