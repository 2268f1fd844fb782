"""Read questions and statements line by line, and write replies aside until all are there."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant import phrases
from assistant.answer import Mode, Reply, Status
from assistant.question import Language, Question, Role, Turn
from corpus.errors import ExplainedError
from corpus.library import Library


def run_batch(source: Path, out: Path, answer: Callable[[int, str], dict[str, Any]], *, label: str) -> int:
    """Write ``answer(number, line)`` for every line of ``source`` that is not blank; return how many.

    The file appears whole or not at all: it is written beside ``out`` and renamed.

    Raises:
        ExplainedError: ``source`` cannot be read, or ``out`` cannot be written.
    """
    from tqdm import tqdm

    try:
        raw = source.read_bytes()
    except OSError as error:
        raise ExplainedError(
            f"读不到 {source}：{error.strerror}。 It cannot be read.", fix="检查文件名。 Check the name."
        ) from error
    lines = [(number, line) for number, line in enumerate(raw.split(b"\n"), start=1) if line.strip()]
    if not out.parent.is_dir():
        raise ExplainedError(
            f"没有这个文件夹：{out.parent}。 There is no such folder.", fix="先建好文件夹。 Create it first."
        )
    aside = out.parent / f".{out.name}.{os.getpid()}"
    try:
        with aside.open("w", encoding="utf-8") as file:
            for number, line in tqdm(lines, desc=label, disable=None, file=sys.stderr):
                text = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
                file.write(json.dumps(answer(number, text), ensure_ascii=False) + "\n")
        os.replace(aside, out)
    except PermissionError as error:
        raise ExplainedError(f"写不了 {out}：{error.strerror}。 It cannot be written.") from error
    finally:
        aside.unlink(missing_ok=True)
    return len(lines)


def question_of(values: Mapping[str, Any]) -> Question:
    """Make a question from JSON values. Raises ValueError, in Chinese and English, for what does not fit."""
    text = values.get("question")
    if not isinstance(text, str):
        raise ValueError("缺少 question，它应是文字 (question must be text)")
    identity = values.get("id")
    role = values.get("role") or Role.RESIDENT.value
    if role not in {known.value for known in Role}:
        raise ValueError(f"role 只能是 {'、'.join(known.value for known in Role)} (unknown role)")
    lang = values.get("lang")
    if lang not in (None, "", *(known.value for known in Language)):
        raise ValueError("lang 只能是 zh、zh-Hant、en (unknown lang)")
    return Question(
        text=text.encode("utf-8", "replace").decode("utf-8"),
        id=identity if identity is None or isinstance(identity, str) else str(identity),
        history=turns_of(values.get("history") or []),
        role=Role(role),
        language=Language(lang) if lang else None,
    )


def turns_of(history: Any) -> tuple[Turn, ...]:
    """Read ``[["user","…"],["assistant","…"]]``. Raises ValueError for anything else."""
    if not isinstance(history, list):
        raise ValueError('history 应是 [["user","…"],["assistant","…"]] (history must be a list of pairs)')
    turns = []
    for pair in history:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise ValueError(
                'history 应是 [["user","…"],["assistant","…"]] (history must be a list of pairs)'
            )
        if pair[0] not in ("user", "assistant"):
            raise ValueError(
                "history 的每一行以 user 或 assistant 开头 (a turn is the user's or the assistant's)"
            )
        turns.append(Turn(pair[0], pair[1]))
    return tuple(turns)


def read_history(path: Path) -> list[Any]:
    """Read a history file.

    Raises:
        ExplainedError: it is missing or not a JSON array of pairs.
    """
    try:
        history = json.loads(path.read_text(encoding="utf-8"))
        turns_of(history)
    except (OSError, ValueError) as error:
        raise ExplainedError(
            f"{path} 读不了：{error}。 The history cannot be read.",
            fix='它应是 [["user","…"],["assistant","…"]]。',
        ) from error
    return list(history)


def answer_line(line: int, text: str, ask: Callable[[Question], Reply]) -> dict[str, Any]:
    """Answer one line of a batch; a line that cannot be read becomes a reply with status ``error``."""
    values: Any = None
    try:
        values = json.loads(text)
        if not isinstance(values, dict):
            raise ValueError("一行应是一个 JSON 对象 (a line must be a JSON object)")
        question = question_of(values)
    except (ValueError, RecursionError) as error:
        return _unreadable(line, values, error).to_json()
    reply = ask(question).to_json()
    reply["id"] = values.get("id")
    if reply["status"] == Status.ERROR.value:
        reply["line"] = line
    return reply


def _unreadable(line: int, values: Any, error: Exception) -> Reply:
    why = (
        "不是有效的 JSON (not valid JSON)"
        if isinstance(error, json.JSONDecodeError | RecursionError)
        else str(error)
    )
    identity = values.get("id") if isinstance(values, dict) else None
    return Reply(
        id=identity,
        status=Status.ERROR,
        mode=Mode.NONE,
        language=Language.CHINESE,
        answer=phrases.UNREADABLE.filled(line=str(line), why=why).zh,
        line=line,
    )


def verify_line(line: int, text: str, library: Library) -> dict[str, Any]:
    """Check one statement against the provisions it cites."""
    from assistant.ground import check

    try:
        values = json.loads(text)
        statement, provisions = values["statement"], values["provisions"]
        if not isinstance(statement, str) or not isinstance(provisions, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        identity = values.get("id") if "values" in locals() and isinstance(values, dict) else None
        return {"id": identity, "supported": False, "why": f"第{line}行不是有效的说法。", "line": line}
    verdict = check(statement, [str(id) for id in provisions], library)
    return {"id": values.get("id"), "supported": verdict.supported, "why": verdict.why}
