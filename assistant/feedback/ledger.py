"""Keep opinions and unanswered questions in one SQLite file, which nobody else on the machine may read.

The file is made when the first thing is kept. It is written in WAL mode by one writer at a time, each thing in a
transaction of its own that is on the disk before it counts, so that a process killed at any moment leaves all or nothing
of it. It grows to a limit and no further.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Status
from assistant.feedback.opinion import Opinion, Reason, Unanswered
from assistant.question import Language, Role
from corpus.errors import ExplainedError

LARGEST = 64 * 2**20
"""Bytes that the file may grow to: some thirty thousand opinions."""
MOST_UNANSWERED = 10_000
"""Wordings of unanswered questions that are kept; of more, those that were not asked for longest are dropped."""

_PAGE = 4096
_OURS = 0x706F6C66
"""``application_id`` of our files, so that no other program's database is ever written to."""
_FORMAT = 1
_TABLES = """
CREATE TABLE opinion (
    id INTEGER PRIMARY KEY AUTOINCREMENT, given_on TEXT NOT NULL, useful INTEGER NOT NULL, reasons TEXT NOT NULL,
    comment TEXT NOT NULL, question TEXT NOT NULL, follow_up INTEGER NOT NULL, role TEXT NOT NULL, language TEXT NOT NULL,
    status TEXT NOT NULL, answer TEXT NOT NULL, provisions TEXT NOT NULL
);
CREATE TABLE unanswered (
    id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL UNIQUE, role TEXT NOT NULL, language TEXT NOT NULL,
    status TEXT NOT NULL, asked INTEGER NOT NULL, last_on TEXT NOT NULL
);
"""


class LedgerFull(ExplainedError):
    """The file, or the disk that it is on, holds no more."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is full.", fix="Export what is in it from the staff page, then delete entries or move the file away."
        )  # fmt: skip


class LedgerUnusable(ExplainedError):
    """The file cannot be read or written, or is not one of ours."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} cannot be used: {why}.",
            fix="Set POLICY_FEEDBACK to a file in a folder that this program may write to, or to nothing.",
        )


class Ledger:
    """The file at ``path``; every method may be called from any thread, and several processes may share the file."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        self.path = path
        self.largest = largest
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    @property
    def usable(self) -> bool:
        """Say whether there is a file that can be written to, or a folder that one can be made in."""
        if self.path.exists():
            return self.path.is_file() and os.access(self.path, os.R_OK | os.W_OK)
        home = next((one for one in self.path.absolute().parents if one.exists()), None)
        return home is not None and home.is_dir() and os.access(home, os.W_OK | os.X_OK)

    def keep(self, opinion: Opinion, *, instead_of: int = 0) -> int:
        """Keep an opinion, in the place of the one with the number ``instead_of`` if given; return its number.

        Raises:
            LedgerFull: there is no more room.
            LedgerUnusable: the file cannot be written.
        """
        row = _row_of(opinion)
        with self._writing() as ledger:
            ledger.execute("DELETE FROM opinion WHERE id = ?", (instead_of,))
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            kept = ledger.execute(f"INSERT INTO opinion ({names}) VALUES ({marks})", row).lastrowid
            return int(kept or 0)

    def note(self, question: Unanswered) -> None:
        """Count a question that could not be answered; raises LedgerFull and LedgerUnusable."""
        row = (
            question.question,
            question.role,
            question.language,
            question.status,
            question.last_on.isoformat(),
        )
        with self._writing() as ledger:
            ledger.execute(
                "INSERT INTO unanswered (question, role, language, status, last_on, asked) VALUES (?, ?, ?, ?, ?, 1) "
                "ON CONFLICT (question) DO UPDATE SET asked = asked + 1, role = excluded.role, "
                "language = excluded.language, status = excluded.status, last_on = excluded.last_on",
                row,
            )
            ledger.execute(
                "DELETE FROM unanswered WHERE id IN "
                "(SELECT id FROM unanswered ORDER BY last_on DESC, id DESC LIMIT -1 OFFSET ?)",
                (MOST_UNANSWERED,),
            )

    def opinions(self, *, limit: int = -1) -> tuple[Opinion, ...]:
        """Return what was kept, the latest first; raises LedgerUnusable."""
        return tuple(map(_opinion, self._read("SELECT * FROM opinion ORDER BY id DESC LIMIT ?", limit)))

    def unanswered(self) -> tuple[Unanswered, ...]:
        """Return the questions that could not be answered, the most asked first; raises LedgerUnusable."""
        rows = self._read("SELECT * FROM unanswered ORDER BY asked DESC, last_on DESC, id LIMIT ?", -1)
        return tuple(map(_unanswered, rows))

    def forget(self, *, opinions: Iterable[int] = (), questions: Iterable[int] = ()) -> None:
        """Delete entries for good; raises LedgerUnusable."""
        with self._writing() as ledger:
            ledger.executemany("DELETE FROM opinion WHERE id = ?", [(id,) for id in opinions])
            ledger.executemany("DELETE FROM unanswered WHERE id = ?", [(id,) for id in questions])

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _read(self, query: str, limit: int) -> list[sqlite3.Row]:
        if not self.path.exists():
            return []
        with self._opened() as ledger:
            return ledger.execute(query, (limit,)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the one place of the writer; what is done in it is done wholly or not at all."""
        with self._opened() as ledger:
            ledger.execute("BEGIN IMMEDIATE")
            try:
                yield ledger
                ledger.execute("COMMIT")
            except BaseException:
                if ledger.in_transaction:
                    ledger.execute("ROLLBACK")
                raise

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is not None and not self.path.exists():
                    self._connection.close()  # the file was taken away; a new one is begun
                    self._connection = None
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except sqlite3.Error as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    raise LedgerFull(self.path) from error
                raise LedgerUnusable(self.path, str(error)) from error
            except OSError as error:
                raise LedgerUnusable(self.path, error.strerror or str(error)) from error

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made before SQLite sees it: what SQLite puts beside it then has the same permissions.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        ledger = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(ledger)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self, ledger: sqlite3.Connection) -> None:
        ledger.row_factory = sqlite3.Row
        if ledger.execute("PRAGMA schema_version").fetchone()[0]:
            self._recognise(ledger)
        ledger.execute(f"PRAGMA page_size = {_PAGE}")
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("PRAGMA synchronous = FULL")
        ledger.execute("PRAGMA secure_delete = ON")
        ledger.execute("PRAGMA trusted_schema = OFF")
        ledger.execute(f"PRAGMA journal_size_limit = {4 * 2**20}")
        ledger.execute(f"PRAGMA max_page_count = {max(self.largest // _PAGE, 16)}")
        ledger.execute("BEGIN IMMEDIATE")
        if not ledger.execute("PRAGMA schema_version").fetchone()[0]:
            for statement in _TABLES.split(";"):
                ledger.execute(statement)
            ledger.execute(f"PRAGMA application_id = {_OURS}")
            ledger.execute(f"PRAGMA user_version = {_FORMAT}")
        ledger.execute("COMMIT")
        self._recognise(ledger)

    def _recognise(self, ledger: sqlite3.Connection) -> None:
        whose = ledger.execute("PRAGMA application_id").fetchone()[0]
        version = ledger.execute("PRAGMA user_version").fetchone()[0]
        if (whose, version) != (_OURS, _FORMAT):
            raise LedgerUnusable(self.path, "it is another program's database, or another version's")


def _row_of(opinion: Opinion) -> dict[str, Any]:
    return {
        "given_on": opinion.given_on.isoformat(),
        "useful": int(opinion.useful),
        "reasons": json.dumps(opinion.reasons),
        "comment": opinion.comment,
        "question": opinion.question,
        "follow_up": int(opinion.follow_up),
        "role": opinion.role.value,
        "language": opinion.language.value,
        "status": opinion.status.value,
        "answer": opinion.answer,
        "provisions": json.dumps(opinion.provisions),
    }


def _opinion(row: sqlite3.Row) -> Opinion:
    return Opinion(
        id=row["id"],
        given_on=date.fromisoformat(row["given_on"]),
        useful=bool(row["useful"]),
        reasons=tuple(Reason(reason) for reason in json.loads(row["reasons"])),
        comment=row["comment"],
        question=row["question"],
        follow_up=bool(row["follow_up"]),
        role=Role(row["role"]),
        language=Language(row["language"]),
        status=Status(row["status"]),
        answer=row["answer"],
        provisions=tuple(json.loads(row["provisions"])),
    )


def _unanswered(row: sqlite3.Row) -> Unanswered:
    return Unanswered(
        id=row["id"],
        question=row["question"],
        role=Role(row["role"]),
        language=Language(row["language"]),
        status=Status(row["status"]),
        asked=row["asked"],
        last_on=date.fromisoformat(row["last_on"]),
    )
