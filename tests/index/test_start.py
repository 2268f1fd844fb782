"""A question is answered without importing what takes long, and without a word to the network."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.generation import build
from index.passage import Passage
from index.plan import plan_index
from index.testing import HashingEmbedder

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW = [
    "chromadb",
    "torch",
    "transformers",
    "sentence_transformers",
    "pandas",
    "langchain_core",
    "scipy",
    "jieba",
    "pypinyin",
]


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_opening_and_searching_imports_nothing_slow(passages: list[Passage], root: Path) -> None:
    build(plan_index(passages, HashingEmbedder()), root)
    code = (
        "import sys; from pathlib import Path; from index.generation import open_planned; from index.plan import plan_index;"
        "from index.testing import HashingEmbedder, passages_for; from tests.index.conftest import SENTENCES;"
        "texts = [f'第{n}条　{SENTENCES[n % len(SENTENCES)]}编号{n}。' for n in range(1, 41)];"
        "index = open_planned(plan_index(passages_for(texts), HashingEmbedder()), Path(sys.argv[1]));"
        "assert index.search('退还押金', limit=3);"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    assert run(code, str(root)) == "[]"


@pytest.mark.parametrize(
    "module", ["index.search", "index.generation", "index.embedder", "index.store", "index.passage"]
)
def test_no_module_imports_anything_slow(module: str) -> None:
    assert run(f"import sys, {module}; print([name for name in {SLOW!r} if name in sys.modules])") == "[]"


def test_building_and_searching_connect_to_nothing(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*arguments, **named): raise AssertionError(f'a connection was tried: {arguments}')\n"
        "socket.socket.connect = refuse\n"
        "socket.create_connection = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from pathlib import Path\n"
        "from index.embedder import open_embedder\n"
        "from index.testing import index_of, passages_for\n"
        "with index_of(passages_for(['退还押金。', '养犬登记。']), Path(sys.argv[1]), open_embedder()) as index:\n"
        "    print(index.search('押金', limit=1)[0].passage.text)\n"
    )
    assert run(code, str(tmp_path / "built")) == "退还押金。"
