"""Say why a file cannot be read, and what to do instead."""

from pathlib import Path

from corpus.errors import ExplainedError


class FileUnreadable(ExplainedError):
    """A file that holds no text that can be taken in; names the file and the remedy."""

    def __init__(self, path: Path, what: str, *, fix: str = "") -> None:
        super().__init__(f"{path.name}: {what}", fix=fix)
        self.path = path
