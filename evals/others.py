"""Load two official texts beside the shipped ones, with no data files, as an operator would.

The texts are not part of the repository; whoever has them gives their folder.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import ROOT, Settings
from assistant.wiring import Assistant, embedder_of, open_assistant
from corpus.errors import ExplainedError
from corpus.library import DOCUMENTS, load_library
from index.generation import build_index

TEXTS = ROOT.parent / "shared" / "policy_texts"
WORK = ROOT / "evals" / "out" / "others"
BEGINNINGS = {"subdistrict": "11_北京市街道办事处条例", "volunteers": "06_志愿服务条例"}
"""Slug of each added document and how its file's name begins."""

_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


class TextsError(ExplainedError):
    """The two texts are not at hand."""


def find_texts(folder: Path = TEXTS) -> dict[str, Path]:
    """Return the file of each added document by slug.

    Raises:
        TextsError: one of them is not in ``folder``.
    """
    found = {}
    for slug, beginning in BEGINNINGS.items():
        paths = sorted(folder.glob(f"{beginning}*.md")) if folder.is_dir() else []
        if not paths:
            raise TextsError(
                f"{folder} has no {beginning}*.md.", fix="Name the folder that has it with --texts."
            )
        found[slug] = paths[0]
    return found


def lay_out(documents: Path, *, texts: Path = TEXTS) -> None:
    """Put the shipped documents and the two others into ``documents``, afresh; raises TextsError."""
    found = find_texts(texts)
    if documents.exists():
        shutil.rmtree(documents)
    shutil.copytree(DOCUMENTS, documents)
    for slug, path in found.items():
        home = documents / slug
        home.mkdir()
        text = _COMMENT.sub("", path.read_text(encoding="utf-8")).strip("\n")
        title = next(_titles(text), path.stem)
        (home / "text.md").write_text(f"---\ntitle: {title}\n---\n{text}", encoding="utf-8")


def open_with_others(settings: Settings, *, texts: Path = TEXTS, work: Path = WORK) -> Assistant:
    """Return an assistant that has the two texts as well, its index built under ``work``; raises ExplainedError."""
    lay_out(work / "documents", texts=texts)
    wider = settings.model_copy(
        update={"documents": work / "documents", "index": work / "index", "chroma_url": ""}
    )
    build_index(load_library(wider.documents), embedder_of(wider), wider.index)
    return open_assistant(wider)


def _titles(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith("# "):
            yield line.removeprefix("# ").strip()
