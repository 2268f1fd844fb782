"""Read what the operator has set; the only module that looks at the environment."""

import os
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import ExplainedError

ROOT = Path(__file__).resolve().parent.parent

SHORTEST_PASSWORD = 8

_SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Products here are small: more threads only wait for each other when several people ask."""
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prepare() -> None:
    """Switch off telemetry and downloads; the first call of every entry point, before any other import.

    A model hub is reached only when ``POLICY_ALLOW_DOWNLOADS=1``. Loopback never goes through a proxy.
    """
    os.environ.update(_SWITCHES)
    for name, value in _ONE_THREAD.items():
        os.environ.setdefault(name, value)
    if os.environ.get("POLICY_ALLOW_DOWNLOADS") != "1":
        os.environ.update(_OFFLINE)
    for name in ("NO_PROXY", "no_proxy"):
        known = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join([*known, *(host for host in _LOOPBACK if host not in known)])


class Settings(BaseSettings):
    """Everything an operator can set, from the environment or a ``.env`` file at the root."""

    model_config = SettingsConfigDict(
        env_prefix="POLICY_", env_file=ROOT / ".env", extra="ignore", populate_by_name=True
    )

    documents: Path = ROOT / "corpus" / "documents"
    """Folder of the documents."""
    index: Path = ROOT / "index" / "built"
    """Folder of the index."""
    embedding: str = ""
    """A sentence-transformers model by name or folder; empty means the bundled one."""
    embedding_query_prompt: str = ""
    embedding_document_prompt: str = ""
    embedding_batch: int = Field(default=32, ge=1)
    """Passages encoded at once by another model."""
    embedding_device: str = "cpu"
    chroma_url: str = Field(default="", validation_alias=AliasChoices("CHROMA_URL", "POLICY_CHROMA_URL"))
    """Address of a Chroma server; empty means Chroma runs inside this process."""
    model: str = ""
    """A chat model, such as ``openai:qwen2.5-7b-instruct``; empty means answers are quotations."""
    model_url: str = ""
    """Base address of an OpenAI-compatible service."""
    model_key: SecretStr = SecretStr("")
    model_timeout: float = Field(default=30.0, gt=0)
    """Seconds after which the quoted answer is given instead."""
    model_reads: bool = True
    """Whether the model may also say which of the nearest statements answer a question; else it only words answers."""
    model_off: Path = ROOT / "model.off"
    """While this file is there no model is asked; looked up for each question."""
    model_options: dict[str, Any] = {}
    """Further fields of each request to the model, as JSON."""
    feedback: Path | None = ROOT / "feedback" / "feedback.sqlite"
    """File of what visitors say of answers, made when the first one presses 有用 or 没用; empty means nothing is kept."""
    keep_unanswered: bool = False
    """Whether questions that could not be answered are kept in that file too, without anybody's pressing anything."""
    staff_password: SecretStr = SecretStr("")
    """Password of the staff page, at least eight characters; without one there is no such page."""

    @field_validator("feedback", mode="before")
    @classmethod
    def _nothing_is_no_file(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("staff_password")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value) < SHORTEST_PASSWORD:
            raise ValueError(f"a password has at least {SHORTEST_PASSWORD} characters")
        return value


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        ExplainedError: a value does not fit; names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise ExplainedError(
            f"The setting {name.removeprefix('POLICY_') and 'POLICY_' + name.removeprefix('POLICY_')} does not fit: {first['msg']}.",
            fix="Correct it in the environment or in .env.",
        ) from error
