"""Time a batch of questions from a cold start, through the command line, with its memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import ROOT
from corpus.errors import ExplainedError
from evals.case import Case

QUESTIONS = 200


class BatchError(ExplainedError):
    """The batch did not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cold:
    """What a cold batch took."""

    questions: int
    seconds: float
    peak_mb: float
    """Largest resident memory of the process, in MiB."""


def time_batch(cases: Sequence[Case], *, count: int = QUESTIONS) -> Cold:
    """Put ``count`` questions to ``python -m assistant ask --batch`` and time it.

    Raises:
        BatchError: the command failed or left out a question; quotes what it said.
    """
    asked = cases[:count]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(_line(case) for case in asked), encoding="utf-8")
        command = [sys.executable, "-m", "assistant", "ask", "--batch", str(source), "--out", str(target)]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise BatchError(f"The batch ended with {process.returncode}: {said[-500:]}")
        replies = target.read_text(encoding="utf-8").count("\n")
    if replies != len(asked):
        raise BatchError(f"{len(asked)} questions got {replies} replies.")
    return Cold(questions=replies, seconds=seconds, peak_mb=usage.ru_maxrss / 1024)


def _line(case: Case) -> str:
    values = {
        "id": case.id,
        "question": case.question,
        "history": case.history,
        "role": case.role,
        "lang": None,
    }
    return json.dumps(values, ensure_ascii=False) + "\n"
