"""Keep vectors in Chroma and find the nearest: in this process, or on a Chroma server. The only file that knows Chroma.

Chroma holds ids and vectors, no words and no metadata. A folder is written once, through Chroma's public client, and
then never touched again: it is served by Chroma's own engine over a scratch copy of its small SQLite file, which the
engine changes when it opens it, so the folder can be checksummed, shared and read-only (docs/adr/0010).
"""

import shutil
import sqlite3
import tempfile
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreAway

try:
    import fcntl
except (
    ImportError
):  # Windows, where the files of a running process cannot be removed, and others are swept by hand
    fcntl = None  # type: ignore[assignment]

Vectors = NDArray[np.float32]

NEIGHBOURS = 32
EF_CONSTRUCTION = 200
EF_SEARCH = ((20_000, 300), (50_000, 500), (1 << 62, 800))
"""Up to how many vectors the graph is searched how wide: recall@10 against exact search of 0.99 and more (docs/adr/0012)."""
SETTINGS = {
    "space": "cosine",
    "max_neighbors": NEIGHBOURS,
    "ef_construction": EF_CONSTRUCTION,
    "ef_search": EF_SEARCH,
}
"""What decides the graph and its search."""
GROUP = 24_000
"""Vectors after which Chroma writes its graph to disk; an interrupted build goes on from there."""
_BATCH = 4000
_COLLECTION = "passages"
_SQLITE = "chroma.sqlite3"
_SCRATCH = "policy-index-"
_HELD = "held"
_PLACE = ("default_tenant", "default_database")
_SENT = 1000
"""Vectors sent to a server at once: some 5 MB."""
_PAGE = 10_000
_CONNECT_SECONDS, _ANSWER_SECONDS, _ATTEMPTS = 3.0, 60.0, 3
_SAME = 1e-6
_REPLAYED = 64
"""Vectors that may wait in Chroma's log: each opening inserts them again."""

Rows = NDArray[np.int64]
Source = Callable[[Rows], tuple[list[str], Vectors]]
"""Gives the ids and vectors of rows, once they are there."""
Tell = Callable[[int], None]


class Store(Protocol):
    """A filled collection."""

    def nearest(self, vector: Vectors, limit: int) -> list[str]:
        """Return the ids of the vectors most like ``vector``, most like first."""
        ...

    def close(self) -> None:
        """Let go of memory and files."""
        ...


def settings_for(size: int) -> dict[str, Any]:
    """Return Chroma's settings for a collection of that many vectors."""
    return {**SETTINGS, "ef_search": next(width for most, width in EF_SEARCH if size <= most)}


class FolderStore:
    """A collection in a folder of this machine; the folder is not changed."""

    def __init__(self, folder: Path) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self._scratch = tempfile.mkdtemp(prefix=_SCRATCH)
        self._held = _hold(Path(self._scratch))
        self._clean = weakref.finalize(self, _remove, self._scratch, self._held)
        shutil.copyfile(folder / _SQLITE, Path(self._scratch) / _SQLITE)
        self._engine = _open_engine(folder, Path(self._scratch) / _SQLITE)

    def nearest(self, vector: Vectors, limit: int) -> list[str]:
        """Return the ids of the vectors most like ``vector``, most like first."""
        return self._engine(vector, limit)

    def close(self) -> None:
        """Let go of memory and files."""
        self._engine = _closed
        self._clean()


def _remove(scratch: str, held: Any) -> None:
    held.close()
    shutil.rmtree(scratch, ignore_errors=True)


def _hold(scratch: Path) -> Any:
    """Lock a scratch folder for as long as the file that is returned is open."""
    held = (scratch / _HELD).open("wb")
    if fcntl is not None:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held


def _sweep(folder: Path) -> None:
    """Remove scratch folders that nobody holds: their processes were killed."""
    for path in folder.glob(f"{_SCRATCH}*"):
        with suppress(OSError), (path / _HELD).open("rb") as held:
            if fcntl is not None:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises OSError while somebody holds it
                shutil.rmtree(path)


def _closed(vector: Vectors, limit: int) -> list[str]:
    raise RuntimeError("the store is closed")


def _open_engine(folder: Path, sqlite: Path) -> Callable[[Vectors, int], list[str]]:
    """Open Chroma's engine on the folder's graph and another place's SQLite file; return its search.

    The Python client would import for 0.6 s what a query does not need, and has no way to keep the two files apart.
    """
    engine = import_module("chromadb_rust_bindings")
    bindings = engine.Bindings(
        allow_reset=False,
        sqlite_db_config=engine.SqliteDBConfig(
            hash_type=engine.MigrationHash.MD5, migration_mode=engine.MigrationMode.Validate, url=str(sqlite)
        ),
        persist_path=str(folder),
        hnsw_cache_size=16,
    )
    collection = str(bindings.get_collection(_COLLECTION, *_PLACE).id)

    def nearest(vector: Vectors, limit: int) -> list[str]:
        found = bindings.query(collection, None, [vector.tolist()], limit, None, None, [], *_PLACE)
        ids: list[str] = found.ids[0]
        return ids

    return nearest


class FolderWriter:
    """Fills a folder's collection up to ``size`` vectors, in groups that are each on disk when they are done; alone."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._settings = settings_for(size)
        folder.mkdir(parents=True, exist_ok=True)

    def delete(self, ids: Sequence[str]) -> None:
        """Take ids out that are in it."""
        if ids:
            with self._tuned(len(ids)) as collection:
                for batch in _even(len(ids), _BATCH):
                    collection.delete(ids=list(ids[batch.start : batch.stop]))

    def add(self, rows: Rows, *, start: int, source: Source, saved: Tell) -> None:
        """Add the rows from the ``start``-th on; ``saved`` is called after each group with how many are on disk."""
        groups = [range(start + each.start, start + each.stop) for each in _even(len(rows) - start, GROUP)]
        if not groups:
            return
        with self._tuned(min(len(group) for group in groups)) as collection:
            for group in groups:
                for batch in _even(len(group), _BATCH):
                    last = group.start + batch.stop
                    ids, vectors = source(rows[group.start + batch.start : last])
                    collection.add(ids=ids, embeddings=vectors)
                saved(group.stop)

    def create(self) -> None:
        """Make the collection, if it is not there."""
        with self._tuned(2):
            pass

    def finish(self) -> None:
        """Make the SQLite file as small as it can be; raises RuntimeError when vectors are left out of the graph."""
        with closing(sqlite3.connect(self._folder / _SQLITE)) as database:
            (waiting,) = database.execute("SELECT count(*) FROM embeddings_queue").fetchone()
            if waiting > _REPLAYED:
                raise RuntimeError(f"{waiting} vectors are in Chroma's log and not in its graph")
            database.execute("VACUUM")

    @contextmanager
    def _tuned(self, threshold: int) -> Iterator[Any]:
        """Open the collection so that it writes its graph to disk after ``threshold`` changes, and not before."""
        tuned = {"sync_threshold": max(threshold, 2), "ef_search": self._settings["ef_search"]}
        with closing(_folder_client(self._folder)) as client:
            if _COLLECTION in {collection.name for collection in client.list_collections()}:
                collection = client.get_collection(_COLLECTION, embedding_function=None)
                with (
                    warnings.catch_warnings()
                ):  # Chroma warns of collections that it made without an embedding function
                    warnings.simplefilter("ignore", DeprecationWarning)
                    collection.modify(configuration={"hnsw": tuned})
            else:
                configuration = {"hnsw": {**self._settings, **tuned}}
                client.create_collection(_COLLECTION, configuration=configuration, embedding_function=None)
        with closing(_folder_client(self._folder)) as client:  # the threshold counts from the next opening
            yield client.get_collection(_COLLECTION, embedding_function=None)


def _even(count: int, most: int) -> Iterator[range]:
    """Yield ranges that tile ``count``, none longer than ``most`` and all but equal."""
    parts = -(-count // most)
    edges = [count * part // parts for part in range(parts + 1)] if parts else []
    yield from (range(first, last) for first, last in pairwise(edges))


def _folder_client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


class ServerStore:
    """A filled collection on a Chroma server.

    Raises:
        StoreAway: the server does not answer in time, also after trying again.
        KeyError: the server has no such collection, or it is not filled.
    """

    def __init__(self, url: str, name: str) -> None:
        self._server = Server(url)
        self._collection = self._server.find(name)
        if self._collection is None:
            self.close()
            raise KeyError(name)

    def __len__(self) -> int:
        return int(self._server.call(self._collection.count))

    def nearest(self, vector: Vectors, limit: int) -> list[str]:
        """Return the ids of the vectors most like ``vector``, most like first."""
        query = self._collection.query
        found = self._server.call(query, query_embeddings=[vector], n_results=limit, include=["distances"])
        ids: list[str] = found["ids"][0]
        return ids

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of these ids, as far as the server has them."""
        found = self._server.call(self._collection.get, ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))

    def close(self) -> None:
        """Let go of the connection."""
        self._server.close()


class ServerWriter:
    """Fills a collection on a Chroma server under a name of its own, which it loses when it is filled.

    Raises StoreAway when the server does not answer in time, also after trying again.
    """

    def __init__(self, url: str, name: str) -> None:
        self._server = Server(url)
        self._name = name
        self._part = f"{name}.part"

    def add(self, rows: Rows, *, source: Source) -> None:
        """Make the collection hold these rows and no others, adding what it lacks, and give it its name.

        One that has the name already, from another machine, is compared with the rows and kept if it holds the same.
        """
        finished = self._server.find(self._name)
        if finished is not None:
            if self._holds(finished, rows, source):
                return
            self.drop(self._name)
        configuration = {"hnsw": {**settings_for(len(rows)), "sync_threshold": max(2, min(len(rows), GROUP))}}
        create = self._server.client.get_or_create_collection
        collection = self._server.call(
            create, self._part, configuration=configuration, embedding_function=None
        )
        present = self._present(collection)
        for batch in _even(len(rows), _SENT):
            ids, vectors = source(rows[batch.start : batch.stop])
            missing = [place for place, id in enumerate(ids) if id not in present]
            if missing:
                self._server.call(
                    collection.add, ids=[ids[place] for place in missing], embeddings=vectors[missing]
                )
        self._server.call(collection.modify, name=self._name)

    def _holds(self, collection: Any, rows: Rows, source: Source) -> bool:
        if self._server.call(collection.count) != len(rows):
            return False
        for batch in _even(len(rows), _SENT):
            ids, vectors = source(rows[batch.start : batch.stop])
            found = self._server.call(collection.get, ids=ids, include=["embeddings"])
            there = dict(zip(found["ids"], found["embeddings"], strict=True))
            if any(id not in there or not alike(there[id], vectors[place]) for place, id in enumerate(ids)):
                return False
        return True

    def _present(self, collection: Any) -> set[str]:
        present: set[str] = set()
        while True:
            page = self._server.call(collection.get, limit=_PAGE, offset=len(present), include=[])["ids"]
            present.update(page)
            if len(page) < _PAGE:
                return present

    def drop(self, name: str) -> None:
        """Delete a collection, if it is there."""
        if self._server.find(name) is not None:
            self._server.call(self._server.client.delete_collection, name)

    def close(self) -> None:
        """Let go of the connection."""
        self._server.close()


def alike(one: Vectors, other: Vectors) -> bool:
    """Say whether two vectors are the same but for how they were sent."""
    return bool(np.abs(np.asarray(one, dtype=np.float32) - other).max() < _SAME)


Answer = TypeVar("Answer")


class Server:
    """A connection with time-outs that tries again."""

    def __init__(self, url: str) -> None:
        import httpx

        self._url = url
        self._lost = (httpx.TransportError, httpx.InvalidURL)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreAway(url, "that is not an address such as http://127.0.0.1:8000")
        timeout = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
        # Chroma's client waits for ever, also inside its constructor: ask first whether anybody is there.
        answer = self.call(httpx.get, f"{url.rstrip('/')}/api/v2/heartbeat", timeout=timeout)
        if answer.status_code != httpx.codes.OK:
            raise StoreAway(url, f"it answers {answer.status_code} {answer.reason_phrase}")
        import chromadb
        from chromadb.config import Settings

        port = parts.port or (443 if parts.scheme == "https" else 80)
        open_client: Callable[..., Any] = chromadb.HttpClient
        self.client = self.call(
            open_client,
            host=parts.hostname,
            port=port,
            ssl=parts.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )
        self.client._server._session.timeout = timeout

    def find(self, name: str) -> Any:
        """Return the collection, or None."""
        from chromadb.errors import NotFoundError

        try:
            return self.call(self.client.get_collection, name, embedding_function=None)
        except NotFoundError:
            return None

    def call(self, function: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
        """Call the server; a lost connection is tried again before StoreAway is raised."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

        attempts = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(multiplier=0.2, max=2),
            retry=retry_if_exception_type(self._lost),
            reraise=True,
        )
        try:
            return attempts(function, *arguments, **named)
        except self._lost as error:
            why = str(error) or type(error).__name__
            raise StoreAway(self._url, f"{_ATTEMPTS} attempts failed ({why})") from error
        except ValueError as error:  # what Chroma's client makes of a refused connection
            if isinstance(error.__context__, self._lost):
                raise StoreAway(self._url, "the connection was lost") from error
            raise

    def close(self) -> None:
        """Let go of the connections: Chroma's own closing leaves its sockets open."""
        for owner in (self.client, self.client._admin_client):
            owner._server._session.close()
        self.client.close()
