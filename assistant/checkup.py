"""Look at everything that answering needs, and say of each whether it is well."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.settings import Settings
from corpus.errors import ExplainedError
from corpus.library import Library, load_library


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    well: bool
    text: str
    """In Chinese and English, ready to print."""


def checkup(settings: Settings) -> Iterator[Finding]:
    """Yield what was found, part by part: documents, embedding model, index, chat model."""
    try:
        library = load_library(settings.documents)
        yield from _documents(library)
    except ExplainedError as error:
        yield Finding(False, str(error))
        return
    yield from _index(settings, library)
    yield _model(settings)


def _documents(library: Library) -> Iterator[Finding]:
    for document in library.texts:
        leaves = len(document.leaves)
        yield Finding(True, f"{document.slug}：《{document.front.title}》，{leaves} 处。 {leaves} leaves.")
    told = len(library.questions)
    yield Finding(
        True,
        f"要点 {len(library.facts)} 条，常见问法 {told} 条。 {len(library.facts)} facts, {told} questions.",
    )


def _index(settings: Settings, library: Library) -> Iterator[Finding]:
    from assistant.wiring import embedder_of, open_searching

    try:
        embedder = embedder_of(settings)
        yield Finding(True, f"向量模型：{embedder.name}，{embedder.dimension} 维。 Embedding model.")
        open_searching(settings, library, embedder)
        yield Finding(True, f"索引完好：{settings.index}。 The index is sound.")
    except ExplainedError as error:
        yield Finding(False, str(error))


def _model(settings: Settings) -> Finding:
    if not settings.model:
        return Finding(
            True, "没有设置语言模型：回答由原文引用组成。 No language model is set; answers are quotations."
        )
    from assistant.model import LanguageModel
    from assistant.trouble import WHY, ModelFailed

    began = time.perf_counter()
    try:
        model = LanguageModel(settings)
        if model.off:
            text = f"语言模型：{model.label}，已用 {settings.model_off} 关闭。 The language model is switched off."
            return Finding(True, text)
        said = model.greeting()
    except ExplainedError as error:
        return Finding(False, str(error))
    except ModelFailed as failure:
        why = WHY[failure.trouble]
        return Finding(
            False,
            f"语言模型：{model.label}，{why.zh}；回答会直接引用原文。 No answer: {why.en}; answers are quotations.",
        )
    took = time.perf_counter() - began
    return Finding(
        True, f"语言模型：{model.label}，{took:.1f} 秒内回答了“{said}”。 The language model answered."
    )
