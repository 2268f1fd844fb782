"""What the tests of answers worded by a language model share: the real texts and a scripted model."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.scripted import Part, ScriptedServer, faithful
from assistant.settings import Settings
from assistant.wiring import Assistant, open_model
from corpus.library import Library, load_library
from tests.assistant.wording import KEY, LIMIT, Knowing


@pytest.fixture(scope="session")
def texts() -> Library:
    return load_library()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(faithful) as running:
        yield running


OpenWith = Callable[..., Assistant]


@pytest.fixture
def open_with(texts: Library, server: ScriptedServer, tmp_path: Path) -> OpenWith:
    """Open an assistant whose language model is the server, playing a part."""

    def opened(
        part: Part | None = None, *, url: str | None = None, limit: float = LIMIT, reads: bool = False
    ) -> Assistant:
        if part is not None:
            server.part = part
        settings = Settings(
            model="scripted",
            model_url=url or server.url,
            model_key=KEY,
            model_timeout=limit,
            model_reads=reads,
            model_off=tmp_path / "model.off",
        )
        parts = open_model(settings, texts)
        return Assistant(texts, Knowing(), today=lambda: date(2026, 11, 25), parts=parts)

    return opened
