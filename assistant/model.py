"""Reach the chat model: the only module that holds one of LangChain's.

Every question gets a connection of its own, closed when the answer is over, whatever became of it. Messages of the
provider's errors are never passed on: they may hold the key.
"""

import asyncio
import logging
import re
import ssl
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from assistant.driving import steps
from assistant.framing import Prompt, tokens_of
from assistant.settings import Settings
from assistant.trouble import ModelFailed, Trouble, failure_of
from corpus.errors import ExplainedError

log = logging.getLogger(__name__)

MOST_TOKENS = 400
"""Of one answer."""
_SLACK = 1.5
"""By how much our own estimate may exceed that before an answer is cut off."""
_TRIES = 2
_PAUSE = 0.5
"""Seconds before another try when the server does not say."""
_PROVIDER = re.compile(
    r"^(openai|anthropic|azure_openai|azure_ai|google_genai|google_vertexai|bedrock|bedrock_converse|cohere|deepseek|fireworks"
    r"|groq|huggingface|ibm|mistralai|nvidia|ollama|openrouter|perplexity|together|upstage|xai):(.+)$"
)
_TALKATIVE = ("httpx", "httpx2", "httpcore", "httpcore2", "openai")
"""Loggers that tell addresses with their passwords, or what was asked."""
_SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "statements",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "statements": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "keys": {"type": "array", "items": {"type": "string"}},
                            "text": {"type": "string"},
                        },
                        "required": ["keys", "text"],
                        "additionalProperties": False,
                    },
                }
            },
            "required": ["statements"],
            "additionalProperties": False,
        },
    },
}


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer."""

    prompt: int
    answer: int
    estimated: bool
    """Not counted by the server."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an answer; the last piece has the usage."""

    text: str = ""
    usage: Usage | None = None


class ChatModel(Protocol):
    """What is needed of a language model."""

    structured: bool
    """Whether it can be held to JSON; set to false once it turns out that it cannot."""

    @property
    def off(self) -> bool:
        """Whether it is switched off at this moment."""
        ...

    @property
    def patience(self) -> float:
        """Seconds that it has for everything it does for one question."""
        ...

    def answer(
        self, prompt: Prompt, *, structured: bool, seconds: float, limit: int = MOST_TOKENS
    ) -> AsyncGenerator[Piece, None]:
        """Yield the answer as it arrives. Raises ModelFailed."""
        ...


class LanguageModel:
    """A chat model by its settings.

    Raises:
        ExplainedError: the package of its provider is not installed, or the setting does not fit.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        match = _PROVIDER.match(settings.model)
        self._provider, self._name = (match[1], match[2]) if match else ("openai", settings.model)
        self.structured = self._provider == "openai"
        """Whether to ask for JSON by a schema: until the server says that it cannot."""
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._connect(None)

    @property
    def label(self) -> str:
        """The model and where it is, without anything secret."""
        return f"{self._settings.model}，{shown_address(self._settings.model_url) or '默认地址'}"

    @property
    def off(self) -> bool:
        """Whether the operator has switched the model off; looked up each time."""
        return self._settings.model_off.exists()

    def greeting(self) -> str:
        """Make one call and return the first words that came back.

        Raises:
            ModelFailed: nothing came back.
        """
        prompt = Prompt("", "请只回答一个字：好")
        text = "".join(
            piece.text
            for piece in steps(lambda: self.answer(prompt, structured=False, limit=60, seconds=self.patience))
        )
        if not text.strip():
            raise ModelFailed(Trouble.BROKEN)
        return re.sub(r"\s+", " ", text).strip()[:20]

    @property
    def patience(self) -> float:
        """Seconds that it has for everything it does for one question."""
        return self._settings.model_timeout

    async def answer(
        self, prompt: Prompt, *, structured: bool, seconds: float, limit: int = MOST_TOKENS
    ) -> AsyncGenerator[Piece, None]:
        """Yield the answer as it arrives, the usage at the end.

        Raises:
            ModelFailed: for whatever reason there is no whole answer within so many seconds.
        """
        deadline = time.monotonic() + seconds
        told = 0
        usage: Usage | None = None
        for attempt in range(1, _TRIES + 1):
            try:
                async with aclosing(self._attempt(prompt, structured, limit, deadline)) as chunks:
                    async for chunk in chunks:
                        text = _words(chunk)
                        told += tokens_of(text)
                        usage = _counted(chunk) or usage
                        if text:
                            yield Piece(text)
                        if told > limit * _SLACK:
                            break
                break
            except ModelFailed as failure:
                wait = _PAUSE * attempt if failure.wait is None else failure.wait
                hopeless = failure.trouble not in (Trouble.BUSY, Trouble.SERVER) or told or attempt == _TRIES
                if told and failure.trouble is Trouble.REFUSED:
                    raise ModelFailed(Trouble.BROKEN) from None
                if hopeless or time.monotonic() + wait >= deadline:
                    raise
            await asyncio.sleep(wait)
        yield Piece(usage=usage or Usage(prompt.tokens, told, estimated=True))

    async def _attempt(
        self, prompt: Prompt, structured: bool, limit: int, deadline: float
    ) -> AsyncGenerator[Any, None]:
        client = _client(self._settings) if self._provider == "openai" else None
        try:
            stream = self._connect(client, limit=limit, structured=structured).astream(
                [*([("system", prompt.system)] if prompt.system else []), ("human", prompt.user)]
            )
            try:
                while True:
                    if self.off:
                        raise ModelFailed(Trouble.SWITCHED_OFF)
                    try:
                        async with asyncio.timeout(deadline - time.monotonic()):
                            chunk = await anext(stream)
                    except StopAsyncIteration:
                        return
                    if (task := asyncio.current_task()) is not None and task.cancelling():
                        raise asyncio.CancelledError  # asked for, and swallowed by a wait_for on the way
                    yield chunk
            finally:
                await stream.aclose()
        except ModelFailed:
            raise
        except Exception as error:
            failure = failure_of(error)
            log.info("the language model did not answer: %s", failure.trouble.value)
            raise failure from None
        finally:
            if client is not None:
                await client.aclose()

    def _connect(self, client: Any, *, limit: int = MOST_TOKENS, structured: bool = False) -> Any:
        from langchain.chat_models import init_chat_model

        settings = self._settings
        options: dict[str, Any] = {"temperature": 0, "timeout": settings.model_timeout, "max_retries": 0}
        if settings.model_key.get_secret_value():
            options["api_key"] = settings.model_key.get_secret_value()
        if settings.model_url:
            options["base_url"] = settings.model_url
        if self._provider == "openai":
            options |= self._openai(client, limit, structured)
        else:
            options |= {"max_tokens": limit, **settings.model_options}
        try:
            return init_chat_model(self._name, model_provider=self._provider, **options)
        except ImportError as error:
            package = f"langchain-{self._provider.replace('_', '-')}"
            raise ExplainedError(
                f"语言模型 {settings.model} 需要另一个软件包。 The language model needs another package.",
                fix=f"pip install {package}",
            ) from error
        except Exception:
            raise ExplainedError(
                f"语言模型的设置不对：{self.label}。 The settings of the language model do not fit.",
                fix="检查 POLICY_MODEL、POLICY_MODEL_URL 和 POLICY_MODEL_KEY。 Check them.",
            ) from None

    def _openai(self, client: Any, limit: int, structured: bool) -> dict[str, Any]:
        """Return what an OpenAI-compatible server is told; other servers than OpenAI's know ``max_tokens`` only."""
        extra = dict(self._settings.model_options)
        options: dict[str, Any] = {
            "http_async_client": client,
            "http_socket_options": (),
            "stream_chunk_timeout": None,
            "stream_usage": structured or not self._settings.model_url,
        }
        if not self._settings.model_key.get_secret_value() and self._settings.model_url:
            options["api_key"] = "none"
        if self._settings.model_url:
            extra.setdefault("max_tokens", limit)
            options["use_responses_api"] = False
        else:
            options["max_tokens"] = limit
        if structured:
            extra.setdefault("response_format", _SCHEMA)
        return options | ({"extra_body": extra} if extra else {})


def shown_address(address: str) -> str:
    """Return an address without user name, password or query."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _client(settings: Settings) -> Any:
    from openai import DefaultAsyncHttpxClient

    address = settings.model_url
    verify: Any = False if address.startswith("http://") else _tls()
    return DefaultAsyncHttpxClient(timeout=settings.model_timeout, verify=verify)


def _words(chunk: Any) -> str:
    content = chunk.content
    if isinstance(content, str):
        return content
    return "".join(
        part.get("text", "") for part in content if isinstance(part, dict) and part.get("type") == "text"
    )


def _counted(chunk: Any) -> Usage | None:
    counted = getattr(chunk, "usage_metadata", None)
    if not counted or not counted.get("input_tokens"):
        return None
    return Usage(counted["input_tokens"], counted["output_tokens"], estimated=False)
