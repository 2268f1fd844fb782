"""Say what is wrong with a model or an index, and what to type."""

from pathlib import Path

from corpus.errors import ExplainedError

REBUILD = "Run: python -m assistant index"


class ModelMissing(ExplainedError):
    """The embedding model that was asked for is not here and cannot be fetched."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"The embedding model {name} cannot be used: {why}.",
            fix="Put the model in a folder and name that folder, or clear the setting to use the bundled model.",
        )


class ModelDamaged(ExplainedError):
    """The embedding model's files are here and do not make sense."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"The embedding model in {folder} is damaged: {why}.",
            fix="Fetch it again, or choose another model.",
        )


class IndexMissing(ExplainedError):
    """Nothing has been built yet."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"There is no index in {root}.", fix=REBUILD)


class IndexStale(ExplainedError):
    """The index was built from other texts, or with another model, than the ones in use."""

    def __init__(self, root: Path, why: str) -> None:
        super().__init__(f"The index in {root} is out of date: {why}.", fix=REBUILD)


class IndexDamaged(ExplainedError):
    """A file of the index is missing, cut short, altered or of another index."""

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"The index in {place} is damaged: {why}.", fix=REBUILD)


class IndexBusy(ExplainedError):
    """Another process is building the index."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"Another process is building the index in {root}.",
            fix="Wait until it is done, or stop it, and try again.",
        )


class StoreAway(ExplainedError):
    """The Chroma server does not answer, or not as it should."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"The Chroma server at {url} cannot be used: {why}.",
            fix="Start it (chroma run --path FOLDER --port PORT), correct CHROMA_URL, or clear CHROMA_URL.",
        )
