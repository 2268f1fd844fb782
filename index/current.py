"""Say which generation is the current one, and switch; standard library alone, so that it costs nothing to ask."""

import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexDamaged
from index.manifest import Manifest

CURRENT = "CURRENT"


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


def pointed_to(root: Path) -> str | None:
    """Return the current generation's fingerprint as far as the pointer can be read."""
    try:
        return current_of(root)
    except IndexDamaged:
        return None


def switch(root: Path, fingerprint: str) -> None:
    """Make a generation the current one: before this call the old one is, after it the new one, never neither."""
    aside = root / f"{CURRENT}.new"
    with aside.open("w", encoding="ascii") as file:
        file.write(f"{fingerprint}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, root / CURRENT)
