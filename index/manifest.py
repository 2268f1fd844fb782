"""Write down what a generation's files hold, and find out whether they still do."""

import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest, sha256
from pathlib import Path

from index.errors import IndexDamaged

NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation is, and the checksum of each of its files."""

    format: int
    """Format of the files (``plan.FORMAT``)."""
    fingerprint: str
    embedder: str
    """Fingerprint of the model that made its vectors."""
    passages: int
    entries: int
    dimension: int
    holes: int
    """Deleted vectors that Chroma's graph still holds."""
    lessons: str
    """Digest of what the reader of questions (``index.intent``) learned from."""
    collection: str
    """Name of the collection on the Chroma server; empty when the vectors are in the folder."""
    inputs: str = ""
    """Digest of the files and settings that it came from (``index.unchanged``); empty when that is not known."""
    files: Mapping[str, tuple[int, str]]
    """Size in bytes and SHA-256 of every file, by its path within the folder."""

    def to_bytes(self) -> bytes:
        """Return the file's content: one JSON object that ends with its own checksum."""
        body = json.dumps(asdict(self), sort_keys=True, indent=1)
        return f"{body}\n{sha256(body.encode()).hexdigest()}\n".encode()


def read_manifest(folder: Path, fingerprint: str = "") -> Manifest:
    """Read a generation's manifest; raises IndexDamaged when it is not there or not as it was written.

    The generation is the one that the folder is named after, or the one that ``fingerprint`` names.
    """
    try:
        content = (folder / NAME).read_bytes()
    except OSError as error:
        raise IndexDamaged(folder, f"{NAME} is missing") from error
    body, _, checksum = content.rstrip(b"\n").rpartition(b"\n")
    if sha256(body).hexdigest().encode() != checksum or not content.endswith(checksum + b"\n"):
        raise IndexDamaged(folder, f"{NAME} was altered")
    told = {"inputs": "", **json.loads(body)}
    if set(told) != {field.name for field in fields(Manifest)}:
        raise IndexDamaged(folder, "another version of the program wrote it")
    told["files"] = {name: (size, digest) for name, (size, digest) in told["files"].items()}
    manifest = Manifest(**told)
    if manifest.fingerprint != (fingerprint or folder.name):
        raise IndexDamaged(folder, "it is another generation under this name")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, in one step where there was one; it is on disk when this returns."""
    aside = folder / f"{NAME}.new"
    with aside.open("wb") as file:
        file.write(manifest.to_bytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, folder / NAME)


def checksums(folder: Path, paths: Iterable[Path]) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 of files, by path within ``folder``."""
    ordered = sorted(paths)
    with ThreadPoolExecutor(2) as pool:  # hashing lets other threads run
        sums = list(pool.map(_checksum, ordered))
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, digest)
        for path, digest in zip(ordered, sums, strict=True)
    }


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def verify(folder: Path, files: Mapping[str, tuple[int, str]]) -> None:
    """Raise IndexDamaged unless every file is there with the bytes that were written."""
    for name, (size, _) in files.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(folder, f"{name} is missing")
        if path.stat().st_size != size:
            raise IndexDamaged(folder, f"{name} has {path.stat().st_size} bytes where {size} were written")
    try:
        found = checksums(folder, [folder / name for name in files])
    except OSError as error:
        raise IndexDamaged(folder, f"a file cannot be read ({error})") from error
    for name, digest in files.items():
        if found[name] != tuple(digest):
            raise IndexDamaged(folder, f"{name} was altered")
