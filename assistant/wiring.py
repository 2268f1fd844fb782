"""Put the parts together: settings, library, index, chain."""

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import aclosing, closing
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from assistant import phrases
from assistant.answer import Mode, Reply, Status, Update
from assistant.answering import Answering
from assistant.finding import Searcher
from assistant.question import Question
from assistant.settings import Settings
from assistant.understand import language_of
from corpus.library import Library, load_library
from index.embedder import Embedder, open_embedder
from index.generation import open_index
from index.search import Index

if TYPE_CHECKING:
    from assistant.chain import Chain
    from assistant.telling import Parts, Telling

log = logging.getLogger(__name__)


class Assistant:
    """Answers questions from one library over one open index."""

    def __init__(
        self,
        library: Library,
        searcher: Searcher,
        *,
        today: Callable[[], date] = date.today,
        parts: "Parts | None" = None,
    ) -> None:
        self.library = library
        self._answering = Answering(library, searcher, today=today)
        self._telling = _telling(self._answering, parts)

    @cached_property
    def chain(self) -> "Chain":
        """The same steps as a LangChain runnable, for streaming, tracing, batches and other LangChain parts.

        It is made when it is first wanted: importing LangChain takes half of what a cold answer may.
        """
        from assistant.chain import build_chain

        return build_chain(self._answering, self._telling)

    def ask(self, question: Question) -> Reply:
        """Answer one question; a fault of the program becomes a reply with status ``error``."""
        began = time.perf_counter()
        try:
            reply: Reply | None = self._answer(question)
        except Exception:
            log.exception("a question was not answered")
            reply = None
        return _addressed(reply, question, began)

    def _answer(self, question: Question) -> Reply:
        if self._telling is None:
            return self._answering.answer(question)
        read = self._answering.read(question)
        return self._telling.reply(self._answering.route(self._answering.search(read)))

    def stream(self, question: Question) -> Iterator[Update]:
        """Yield the answer's words as they are ready; the last update brings the reply, which is what holds.

        Closing the iterator early ends what is under way for it.
        """
        began = time.perf_counter()
        try:
            with closing(cast("Generator[Update]", self.chain.stream(question))) as updates:
                for update in updates:
                    yield _timed(update, question, began)
        except Exception:
            log.exception("a question was not answered")
            yield Update(reply=_addressed(None, question, began))

    async def astream(self, question: Question) -> AsyncIterator[Update]:
        """Yield the same, without blocking the event loop while searching."""
        began = time.perf_counter()
        try:
            async with aclosing(cast("AsyncGenerator[Update]", self.chain.astream(question))) as updates:
                async for update in updates:
                    yield _timed(update, question, began)
        except Exception:
            log.exception("a question was not answered")
            yield Update(reply=_addressed(None, question, began))


def _telling(answering: Answering, parts: "Parts | None") -> "Telling | None":
    if parts is None:
        return None
    from assistant.telling import Telling

    return Telling(answering, parts)


def _timed(update: Update, question: Question, began: float) -> Update:
    return update if update.reply is None else Update(reply=_addressed(update.reply, question, began))


def _addressed(reply: Reply | None, question: Question, began: float) -> Reply:
    took = round((time.perf_counter() - began) * 1000)
    if reply is None:
        language = language_of(question)
        reply = Reply(
            status=Status.ERROR,
            mode=Mode.NONE,
            language=language,
            answer=phrases.INTERNAL.in_language(language),
        )
    return reply.with_id(question.id, took_ms=took)


def embedder_of(settings: Settings) -> Embedder:
    """Return the embedding model that the settings name."""
    return open_embedder(
        settings.embedding,
        query_prompt=settings.embedding_query_prompt,
        document_prompt=settings.embedding_document_prompt,
        batch_size=settings.embedding_batch,
        device=settings.embedding_device,
    )


def open_searching(settings: Settings, library: Library, embedder: Embedder) -> Index:
    """Open the index, every byte of it checked first.

    Raises:
        ExplainedError: the index is missing, stale or damaged; says what to type.
    """
    return open_index(library, embedder, settings.index, chroma_url=settings.chroma_url)


def open_assistant(settings: Settings) -> Assistant:
    """Open the library and its index, checked, ready to answer.

    Raises:
        ExplainedError: a document, the model or the index is missing or faulty; says what to type.
    """
    library = load_library(settings.documents)
    searching = open_searching(settings, library, embedder_of(settings))
    return Assistant(library, searching, parts=open_model(settings, library))


def open_model(settings: Settings, library: Library) -> "Parts | None":
    """Return what the language model that the settings name has a part in; ``None`` when they name none.

    Raises:
        ExplainedError: the setting does not fit, or a package is missing; says what to type.
    """
    if not settings.model:
        return None
    from assistant.interpret import Interpreter
    from assistant.model import LanguageModel
    from assistant.telling import Parts
    from assistant.write import Writer

    model = LanguageModel(settings)
    return Parts(Writer(library, model), Interpreter(library, model) if settings.model_reads else None)
