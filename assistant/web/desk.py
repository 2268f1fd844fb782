"""Hold what every page works with: the library, and the assistant once it is open."""

import math
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Reply
from assistant.question import Question
from assistant.web.feedback import Opinions
from corpus.errors import ExplainedError
from corpus.library import Library

if TYPE_CHECKING:
    from assistant.answer import Update


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

    def __init__(
        self,
        library: Library,
        open_assistant: Callable[[], Answerer],
        *,
        opinions: Opinions | None = None,
        retry_after: float = 5.0,
    ) -> None:
        self.library = library
        self.opinions = opinions or Opinions()
        """What becomes of opinions on answers; nothing, where none is given."""
        self._open = open_assistant
        self._retry_after = retry_after
        self._failed_at = -math.inf
        self._lock = threading.Lock()
        self._assistant: Answerer | None = None
        self.trouble: ExplainedError | None = None
        """Why it could not be opened the last time that was tried."""

    def assistant(self) -> Answerer:
        """Return the assistant, opening it if need be.

        Raises ExplainedError when it cannot be opened (no index, a damaged one). After ``retry_after`` seconds the next
        call tries again, so that whoever puts it right need not restart the page.
        """
        with self._lock:
            if self._assistant is None:
                if self.trouble is not None and time.monotonic() - self._failed_at < self._retry_after:
                    raise self.trouble
                try:
                    self._assistant = self._open()
                except ExplainedError as error:
                    self.trouble = error
                    self._failed_at = time.monotonic()
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
