"""A Chroma server takes the place of the folder: filled, switched and checked the same way."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.errors import IndexDamaged, IndexStale, StoreAway
from index.generation import build, open_planned
from index.passage import Passage
from index.plan import plan_index
from index.store import Server
from index.testing import HashingEmbedder

CHROMA = Path(sys.executable).with_name("chroma")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server on loopback."""
    port = free_port()
    command = [
        CHROMA,
        "run",
        "--path",
        tmp_path_factory.mktemp("server"),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx.get(f"{address}/api/v2/heartbeat", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
        server.terminate()


@contextmanager
def connected(url: str) -> Iterator[Any]:
    server = Server(url)
    yield server.client
    server.close()


def collections(url: str) -> dict[str, int]:
    with connected(url) as client:
        return {collection.name: collection.count() for collection in client.list_collections()}


def test_an_index_on_a_server_answers_as_one_in_a_folder(
    passages: list[Passage], root: Path, url: str
) -> None:
    embedder = HashingEmbedder()
    remote, local = (plan_index(passages, embedder, server=server) for server in (True, False))
    assert remote.fingerprint != local.fingerprint
    build(local, root / "local")
    assert not build(remote, root / "remote", chroma_url=url).unchanged
    assert build(remote, root / "remote", chroma_url=url).unchanged
    assert not (root / "remote" / remote.fingerprint / "chroma").exists()
    here = open_planned(local, root / "local")
    there = open_planned(remote, root / "remote", chroma_url=url)
    for query in ("退还押金", "养犬登记", "办公室"):
        assert there.search(query, limit=10) == here.search(query, limit=10)
        assert there.nearest(query, limit=10) == here.nearest(query, limit=10)
    here.close()
    there.close()


def test_collections_are_filled_aside_switched_to_and_removed_later(
    passages: list[Passage], root: Path, url: str
) -> None:
    before = set(collections(url))
    plans = [plan_index(passages[:count], HashingEmbedder(), server=True) for count in (10, 20, 30)]
    for plan in plans:
        build(plan, root, chroma_url=url)
    made = {name: count for name, count in collections(url).items() if name not in before}
    assert sorted(made.values()) == [20, 30]
    assert not any(name.endswith(".part") for name in made)
    for plan in plans[1:]:
        open_planned(plan, root, chroma_url=url).close()
    with pytest.raises(IndexStale):
        open_planned(plans[0], root, chroma_url=url)


def test_a_second_machine_takes_the_collection_that_is_there(
    passages: list[Passage], root: Path, url: str
) -> None:
    plan = plan_index(passages, HashingEmbedder(salt="second"), server=True)
    build(plan, root / "first", chroma_url=url)
    build(plan, root / "second", chroma_url=url)
    found = [open_planned(plan, root / name, chroma_url=url) for name in ("first", "second")]
    assert found[0].search("押金", limit=5) == found[1].search("押金", limit=5)
    for index in found:
        index.close()


@pytest.mark.parametrize("harm", ["deleted", "emptied", "replaced"])
def test_a_collection_that_is_not_as_it_was_written_is_detected(
    passages: list[Passage], root: Path, url: str, harm: str
) -> None:
    plan = plan_index(passages, HashingEmbedder(salt=harm), server=True)
    manifest = build(plan, root, chroma_url=url).manifest
    with connected(url) as client:
        collection = client.get_collection(manifest.collection, embedding_function=None)
        ids = collection.get(include=[])["ids"]
        if harm == "deleted":
            client.delete_collection(manifest.collection)
        elif harm == "emptied":
            collection.delete(ids=ids[:1])
        else:
            collection.update(ids=ids, embeddings=[[1.0] + [0.0] * 63 for _ in ids])
    with pytest.raises(IndexDamaged, match="Chroma server"):
        open_planned(plan, root, chroma_url=url)
    build(plan, root, chroma_url=url)
    open_planned(plan, root, chroma_url=url).close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nonsense", "ftp://127.0.0.1", "http://"])
def test_a_server_that_is_away_is_one_clear_sentence(
    passages: list[Passage], root: Path, address: str
) -> None:
    plan = plan_index(passages, HashingEmbedder(), server=True)
    began = time.perf_counter()
    with pytest.raises(StoreAway) as caught:
        build(plan, root, chroma_url=address)
    assert time.perf_counter() - began < 15
    assert "chroma run" in caught.value.fix
    assert not any(path.name == "CURRENT" for path in root.iterdir())
