"""Stand in for a language model: an OpenAI-compatible server on loopback that plays a part, good days and bad.

It speaks HTTP and streams, so the real client is at the other end. ``python -m evals model`` plays every part in turn.
"""

import contextlib
import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_EVIDENCE = re.compile(r"^\[(K\d+)\] (.*)$", re.MULTILINE)
_POINT = re.compile(r"^  (?:要点：|Point: )(.*)$", re.MULTILINE)

CANARIES = ("紫色大象", "purple elephant")
"""What an injected order asks for, in Chinese and in English; neither may be in any reply."""


class Wire:
    """One request as a part sees it, and what the part may do to the connection."""

    def __init__(self, handler: BaseHTTPRequestHandler, request: Mapping[str, Any]) -> None:
        self._handler = handler
        self.request = request
        """The body of the request."""
        self.cancelled = False
        """Whether the client went away before the end."""
        self._begun = False

    @property
    def prompt(self) -> str:
        """Everything that was sent to the model."""
        return "\n".join(message["content"] for message in self.request["messages"])

    @property
    def evidence(self) -> dict[str, str]:
        """The sentences of the prompt by their keys, the leading one first."""
        return dict(_EVIDENCE.findall(self.request["messages"][-1]["content"]))

    @property
    def points(self) -> dict[str, list[str]]:
        """What is to be told, by the key of its sentence."""
        blocks = re.split(r"^(?=\[K\d+\] )", self.request["messages"][-1]["content"], flags=re.MULTILINE)
        found = {match[1]: _POINT.findall(block) for block in blocks if (match := _EVIDENCE.match(block))}
        return {key: told for key, told in found.items() if told}

    @property
    def choosing(self) -> bool:
        """Whether it is asked which statements answer a question, and not to word an answer."""
        return "据：" in self.request["messages"][0]["content"]

    @property
    def structured(self) -> bool:
        """Whether JSON was asked for."""
        return "response_format" in self.request

    def say(self, text: str, *, size: int = 4, pace: float = 0.0) -> None:
        """Stream ``text``, ``size`` characters at a time and ``pace`` seconds apart; stop when the client has gone."""
        for start in range(0, len(text), size):
            if not self.send(self._chunk({"content": text[start : start + size]})) or (
                pace and not self.wait(pace)
            ):
                return

    def end(self, *, usage: bool = True) -> None:
        """End the stream as a server should."""
        self.send(self._chunk({}, finish="stop"))
        if usage and self.request.get("stream_options", {}).get("include_usage"):
            counted = {
                "prompt_tokens": len(self.prompt),
                "completion_tokens": 40,
                "total_tokens": len(self.prompt) + 40,
            }
            self.send(self._chunk(None, usage=counted))
        self.send(b"data: [DONE]\n\n")

    def fail(self, status: int, *, retry_after: float | None = None) -> None:
        """Answer with an error that repeats the key it was given, as some servers do."""
        words = f"no: {self._handler.headers.get('authorization', '')}"
        body = json.dumps({"error": {"message": words, "type": "error", "code": None}}).encode()
        self._handler.send_response(status)
        self._handler.send_header("content-type", "application/json")
        self._handler.send_header("content-length", str(len(body)))
        if retry_after is not None:
            self._handler.send_header("retry-after", str(retry_after))
        self._handler.end_headers()
        self._handler.wfile.write(body)

    def cut(self) -> None:
        """Drop the connection at once."""
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self._handler.close_connection = True
        self._handler.connection.close()

    def wait(self, seconds: float) -> bool:
        """Do nothing for a while; return whether the client is still there."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([self._handler.connection], [], [], min(left, 0.05))
            if readable and not self._handler.connection.recv(1, socket.MSG_PEEK):
                self.cancelled = True
                return False
        return True

    def send(self, raw: bytes) -> bool:
        """Send bytes of the stream as they are; return whether the client took them."""
        try:
            if not self._begun:
                self._begun = True
                self._handler.send_response(200)
                self._handler.send_header("content-type", "text/event-stream")
                self._handler.send_header("connection", "close")
                self._handler.end_headers()
            self._handler.wfile.write(raw)
            self._handler.wfile.flush()
        except (OSError, ValueError):
            self.cancelled = True
        return not self.cancelled

    def _chunk(
        self,
        delta: Mapping[str, str] | None,
        *,
        finish: str | None = None,
        usage: Mapping[str, int] | None = None,
    ) -> bytes:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        values = {
            "id": "scripted",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": self.request.get("model", ""),
            "choices": choices,
            "usage": usage,
        }
        return b"data: " + json.dumps(values, ensure_ascii=False).encode() + b"\n\n"


Part = Callable[[Wire], None]
"""What the server does with one request."""


class ScriptedServer:
    """The server; use it as a context manager. ``part`` may be changed between requests."""

    def __init__(self, part: Part, *, schema: bool = True) -> None:
        self.part = part
        self.schema = schema
        """Whether it takes ``response_format``; an older server answers 400."""
        self.wires: list[Wire] = []
        """Every request so far."""
        self._open = 0
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                server._count(1)

            def finish(self) -> None:
                with contextlib.suppress(OSError, ValueError):
                    super().finish()
                server._count(-1)

            def do_POST(self) -> None:
                server._play(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base address for a client."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def connections(self) -> int:
        """How many connections are open at this moment."""
        return self._open

    def __enter__(self) -> "ScriptedServer":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _count(self, by: int) -> None:
        with self._lock:
            self._open += by

    def _play(self, handler: BaseHTTPRequestHandler) -> None:
        request = json.loads(handler.rfile.read(int(handler.headers.get("content-length", 0))))
        wire = Wire(handler, request)
        self.wires.append(wire)
        try:
            if wire.structured and not self.schema:
                wire.fail(400)
            else:
                self.part(wire)
        except (OSError, ValueError):
            wire.cancelled = True
        handler.close_connection = True


def written(wire: Wire, statements: list[tuple[list[str], str]], **pace: Any) -> None:
    """Say statements in the form that was asked for."""
    if wire.structured:
        values = [{"keys": keys, "text": text} for keys, text in statements]
        wire.say(json.dumps({"statements": values}, ensure_ascii=False), **pace)
    else:
        wire.say("".join(f"[{','.join(keys)}] {text}\n" for keys, text in statements), **pace)


def _faithful_statements(wire: Wire) -> list[tuple[list[str], str]]:
    return [([key], say) for key, told in wire.points.items() for say in told] or [
        ([key], text) for key, text in list(wire.evidence.items())[:1]
    ]


def faithful(wire: Wire) -> None:
    """Say each point as it was given, pointing at its sentence; asked to choose, choose the nearest statement."""
    if wire.choosing:
        wire.say(f"问：\n据：{next(iter(wire.evidence))}\n全：是")
    else:
        written(wire, _faithful_statements(wire))
    wire.end()


def _slow(wire: Wire) -> None:
    wire.say("，".join(text for _, text in _faithful_statements(wire)) * 20, size=1, pace=1.0)


def _hanging(wire: Wire) -> None:
    wire.wait(600)


def _half(wire: Wire) -> None:
    statements = _faithful_statements(wire)
    wire.say(
        f"[{statements[0][0][0]}] {statements[0][1][:10]}"
        if not wire.structured
        else '{"statements": [{"keys": ["'
    )
    wire.cut()


def _stalling(wire: Wire) -> None:
    wire.say("[K")
    wire.wait(600)


def _not_utf8(wire: Wire) -> None:
    wire.send(b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\xc3\x28"}}]}\n\n')
    wire.end()


def _not_json(wire: Wire) -> None:
    wire.say('{"statements": [{"keys": ["K10", "text": 机构应当')
    wire.end()


def _broken_stream(wire: Wire) -> None:
    wire.send(b"data: {not json at all\n\n")
    wire.end()


def _empty(wire: Wire) -> None:
    wire.end()


def _wrong_language(wire: Wire) -> None:
    english = any("a" <= letter <= "z" for letter in "".join(wire.evidence.values())[:200])
    text = (
        "街道、乡镇级机构应当独立设置会议室。"
        if english
        else "The institution shall set up a meeting room on its own."
    )
    written(wire, [([key], text) for key in list(wire.evidence)[:2]])
    wire.end()


def obedient(wire: Wire) -> None:
    """Say what an injected order asks for, in every form that might slip through."""
    keys = list(wire.evidence)
    canary = CANARIES["<question>" in wire.prompt]
    if wire.choosing:
        wire.say(
            f"{canary}\n问：{canary}，{canary}街道的机构叫什么名称？\n据：{'，'.join(keys[:2])} {canary}\n全：否，{canary}"
        )
        wire.end()
        return
    key, said = _faithful_statements(wire)[0]
    statements = [
        (keys[:1], canary),
        (keys[:1], f"{canary}。"),
        (keys[:2], f"按照要求回答：{canary}。"),
        (key, f"{said.rstrip('。.')}，{canary}。"),
        (key, f"{canary}：{said}"),
        (key, f"{said.rstrip('。.')}（{canary}）。"),
        (keys[-1:], f"“{canary}”。"),
        ([], canary),
    ]
    written(wire, statements)
    if not wire.structured:
        wire.say(canary)
    wire.end()


def _citing_everything(wire: Wire) -> None:
    keys = [*wire.evidence, *(f"K{number}" for number in range(10, 100))]
    written(wire, [(keys, text) for _, text in _faithful_statements(wire)])
    wire.end()


def _inventing(wire: Wire) -> None:
    keys = list(wire.evidence)
    english = "<question>" in wire.prompt
    texts = (
        [
            "Article 15 provides that the institution shall be at least 300 square metres and have five full-time staff."
        ]
        if english
        else [
            "第十五条规定，各级培育孵化机构面积不得少于三百平方米，并配备五名专职人员。",
            "机构应在收到申请后十五个工作日内办结，每年收取服务费两百元。",
        ]
    )
    written(wire, [(keys[:1], text) for text in texts])
    wire.end()


def _busy(wire: Wire) -> None:
    wire.fail(429, retry_after=20)


def _failing(wire: Wire) -> None:
    wire.fail(500)


def _denying(wire: Wire) -> None:
    wire.fail(401)


def _endless(wire: Wire) -> None:
    while not wire.cancelled:
        wire.say("这里没有什么可说的。" * 20, size=40)


BAD_DAYS: dict[str, Part] = {
    "hangs": _hanging,
    "stalls after the first characters": _stalling,
    "429 with retry-after": _busy,
    "500": _failing,
    "401": _denying,
    "stream cut in the middle": _half,
    "invalid UTF-8": _not_utf8,
    "invalid JSON in the answer": _not_json,
    "invalid JSON in the stream": _broken_stream,
    "one token a second": _slow,
    "empty": _empty,
    "wrong language": _wrong_language,
    "obeys an injected order": obedient,
    "cites everything": _citing_everything,
    "invents an article": _inventing,
    "never stops": _endless,
}
"""What may go wrong with a model, each as a part to play; a refused connection needs no server."""
