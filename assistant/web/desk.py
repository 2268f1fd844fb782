"""Hold what every page works with: the library, and the assistant once it is open."""

import threading
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Reply
from assistant.question import Question
from corpus.errors import ExplainedError
from corpus.library import Library

if TYPE_CHECKING:
    from assistant.chain import Update


class Answerer(Protocol):
    """What the page needs of an assistant."""

    def ask(self, question: Question) -> Reply:
        """Return the reply to one question."""
        ...

    def astream(self, question: Question) -> AsyncIterator["Update"]:
        """Yield the answer's words as they are ready; the last update brings the reply."""
        ...


class Desk:
    """The library, and an assistant that is opened when it is first wanted."""

    def __init__(self, library: Library, open_assistant: Callable[[], Answerer]) -> None:
        self.library = library
        self._open = open_assistant
        self._lock = threading.Lock()
        self._assistant: Answerer | None = None
        self.trouble: ExplainedError | None = None
        """Why it could not be opened the last time that was tried."""

    def assistant(self) -> Answerer:
        """Return the assistant, opening it if need be.

        Raises ExplainedError when it cannot be opened (no index, a damaged one). The next call tries again, so that
        whoever puts it right need not restart the page.
        """
        with self._lock:
            if self._assistant is None:
                try:
                    self._assistant = self._open()
                except ExplainedError as error:
                    self.trouble = error
                    raise
                self.trouble = None
            return self._assistant

    def try_to_open(self) -> ExplainedError | None:
        """Open the assistant ahead of the first question; return why it cannot be opened, if so."""
        try:
            self.assistant()
        except ExplainedError as error:
            return error
        return None
