"""Say why a language model gave no whole answer, without the words of its provider: they may hold the key."""

from enum import StrEnum
from typing import Any

from assistant.phrases import MODEL_FAILED, Line


class Trouble(StrEnum):
    """Why there is no (whole) answer."""

    REFUSED = "refused"
    TIMEOUT = "timeout"
    BUSY = "busy"
    DENIED = "denied"
    FORM = "form"
    """The server does not take what was asked for, such as structured output."""
    SERVER = "server"
    BROKEN = "broken"
    """The answer broke off or could not be read."""
    SWITCHED_OFF = "switched off"


WHY = {
    Trouble.REFUSED: Line("连接不上", "it cannot be reached"),
    Trouble.TIMEOUT: Line("超过了时限", "the time limit has passed"),
    Trouble.BUSY: Line("正忙", "it is busy"),
    Trouble.DENIED: Line("密钥不被接受", "it does not accept the key"),
    Trouble.FORM: Line("请求不被接受", "it does not accept the request"),
    Trouble.SERVER: Line("服务出错", "its server failed"),
    Trouble.BROKEN: Line("回答中断或读不出来", "the answer broke off or cannot be read"),
    Trouble.SWITCHED_OFF: Line("已经关闭", "it was switched off"),
}
"""The same for a reader."""


class ModelFailed(Exception):
    """The model gave no whole answer. Says nothing but why."""

    def __init__(self, trouble: Trouble, *, wait: float | None = None) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.wait = wait
        """Seconds that the server asked to wait."""


def failure_of(error: Exception) -> ModelFailed:
    """Sort an error of any provider by what it is, without its words."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    names = " ".join(kind.__name__.lower() for kind in type(error).__mro__)
    if status == 429:
        return ModelFailed(Trouble.BUSY, wait=_wait(response))
    if status in (401, 403):
        return ModelFailed(Trouble.DENIED)
    if status in (400, 404, 415, 422, 501):
        return ModelFailed(Trouble.FORM)
    if isinstance(status, int) and status >= 500:
        return ModelFailed(Trouble.SERVER, wait=_wait(response))
    if isinstance(error, TimeoutError) or "timeout" in names:
        return ModelFailed(Trouble.TIMEOUT)
    if "connectionerror" in names or "connecterror" in names:
        return ModelFailed(Trouble.REFUSED)
    return ModelFailed(Trouble.BROKEN)


def failed(failure: ModelFailed) -> Line:
    """Return the note that tells a reader why the quoted answer is given."""
    return MODEL_FAILED.filled(why=(WHY[failure.trouble].zh, WHY[failure.trouble].en))


def _wait(response: Any) -> float | None:
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
