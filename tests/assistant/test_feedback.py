"""Opinions and unanswered questions: what is kept, what is hidden, what survives, what is grouped and handed on."""

import csv
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Mode, Reply, Status
from assistant.feedback.export import cases_jsonl, opinions_csv, unanswered_csv
from assistant.feedback.ledger import MOST_UNANSWERED, Ledger, LedgerFull, LedgerUnusable
from assistant.feedback.likeness import all_unanswered, grouped
from assistant.feedback.opinion import (
    LONGEST_COMMENT,
    Opinion,
    Reason,
    Unanswered,
    anonymous,
    opinion_on,
    unanswered,
)
from assistant.question import Language, Question, Role, Turn
from evals.case import Case

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "kept" / "feedback.sqlite")
    yield opened
    opened.close()


def opinion(question: str = "街道要有哪些房间？", **changed: object) -> Opinion:
    made = Opinion(
        given_on=TODAY,
        useful=False,
        reasons=(Reason.INCOMPLETE,),
        comment="没写面积",
        question=question,
        role=Role.STAFF,
        language=Language.CHINESE,
        status=Status.ANSWERED,
        answer="应独立设置党建活动室。",
        provisions=("guide/4#1",),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def asked(question: str, times: int = 1, **changed: object) -> Unanswered:
    made = Unanswered(
        question=question,
        role=Role.RESIDENT,
        language=Language.CHINESE,
        status=Status.NOT_IN_CORPUS,
        asked=times,
        last_on=TODAY,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def silence(answer: str = "这几份文件没有写面积。") -> Reply:
    return Reply(status=Status.NOT_IN_CORPUS, mode=Mode.NONE, language=Language.CHINESE, answer=answer)


# What is kept


def test_an_opinion_carries_the_question_and_the_reply_and_nothing_of_the_person() -> None:
    question = Question(
        text="我叫张三，电话13800138000，孵化中心多大？",
        history=(Turn("user", "我家住哪"), Turn("assistant", "不知道")),
        id="visitor-7",
    )
    reply = silence("您的电话13800138000不在文件里。")
    said = opinion_on(
        question,
        reply,
        useful=False,
        reasons=[Reason.OTHER, Reason.OTHER],
        comment=" 我的身份证11010519491231002X ",
        on=TODAY,
    )
    assert said.question == "我叫【姓名】，电话【电话号码】，孵化中心多大？"
    assert said.answer == "您的电话【电话号码】不在文件里。"
    assert said.comment == "我的身份证【身份证号】"
    assert said.reasons == (Reason.OTHER,)
    assert said.follow_up
    assert not {"history", "address", "id_given", "name"} & set(Opinion.__dataclass_fields__)
    assert "我家住哪" not in repr(said)
    assert "visitor-7" not in repr(said)


def test_useful_has_no_reasons_and_a_comment_has_an_end() -> None:
    said = opinion_on(
        Question(text="问"), silence(), useful=True, reasons=[Reason.UNCLEAR], comment="长" * 900, on=TODAY
    )
    assert said.reasons == ()
    assert len(said.comment) == LONGEST_COMMENT


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("姓名：王小明，想登记", "姓名：【姓名】，想登记"),
        ("联系人李红的电话是010-65391234", "联系人【姓名】的电话是【电话号码】"),
        ("写信到 Zhang.San+1@example.com.cn 吧", "写信到 【电子邮箱】 吧"),
        ("我叫我们队长去备案", "我叫我们队长去备案"),
        ("本人想成立合唱队", "本人想成立合唱队"),
        ("京社委社组发〔2021〕56号", "京社委社组发〔2021〕56号"),
        ("卡号6222 0212 3456 7890", "卡号【银行卡号】"),
    ],
)
def test_names_given_as_names_and_addresses_are_hidden_too(text: str, kept: str) -> None:
    assert anonymous(text) == kept


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(alphabet="我的电话，。 ab", max_size=12))
def test_no_mobile_number_is_ever_kept(number: str, around: str) -> None:
    said = opinion_on(
        Question(text=f"{around}，{number}，{around}"),
        silence(),
        useful=False,
        reasons=[],
        comment=f"打{number}",
        on=TODAY,
    )
    assert number not in said.question + said.comment
    assert number not in unanswered(Question(text=f"请打{number}"), silence(), on=TODAY).question


# The file


def test_what_was_kept_is_read_back_the_latest_first(ledger: Ledger) -> None:
    first = ledger.keep(opinion("一"))
    second = ledger.keep(opinion("二", useful=True, reasons=(), comment=""))
    assert [one.question for one in ledger.opinions()] == ["二", "一"]
    assert ledger.opinions()[1] == opinion("一", id=first)
    third = ledger.keep(opinion("二", comment="改了主意"), instead_of=second)
    assert [(one.id, one.comment) for one in ledger.opinions()] == [(third, "改了主意"), (first, "没写面积")]


def test_nothing_is_made_before_something_is_kept(ledger: Ledger) -> None:
    assert ledger.usable
    assert ledger.opinions() == ()
    assert ledger.unanswered() == ()
    assert not ledger.path.parent.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_nobody_else_on_the_machine_may_read_it(ledger: Ledger) -> None:
    before = os.umask(0)
    try:
        ledger.keep(opinion())
    finally:
        os.umask(before)
    for path in (ledger.path.parent, *ledger.path.parent.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert {path.name for path in ledger.path.parent.iterdir()} >= {"feedback.sqlite", "feedback.sqlite-wal"}


def test_it_is_in_wal_mode_and_on_the_disk_before_it_counts(ledger: Ledger) -> None:
    ledger.keep(opinion())
    with sqlite3.connect(ledger.path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_a_full_file_says_so_keeps_what_it_has_and_takes_more_after_deleting(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "f.sqlite", largest=256 * 1024)

    def fill() -> None:
        for number in range(1000):
            ledger.keep(opinion(f"{number}", answer="长" * 2000))

    with pytest.raises(LedgerFull) as told:
        fill()
    assert "staff page" in told.value.fix
    kept = ledger.opinions()
    assert 10 < len(kept) < 200
    assert ledger.path.stat().st_size <= 256 * 1024
    ledger.forget(opinions=[one.id for one in kept[:20]])
    ledger.keep(opinion("再来"))
    assert ledger.opinions()[0].question == "再来"
    ledger.close()


def test_what_is_deleted_is_gone_from_the_file(ledger: Ledger) -> None:
    number = ledger.keep(opinion(comment="这句话要删掉"))
    ledger.note(asked("这个问题也要删"))
    ledger.forget(opinions=[number], questions=[one.id for one in ledger.unanswered()])
    assert ledger.opinions() == ()
    assert ledger.unanswered() == ()
    ledger.close()
    data = b"".join(path.read_bytes() for path in ledger.path.parent.iterdir())
    assert "这句话要删掉".encode() not in data


def test_a_question_is_counted_once_for_its_wording_and_old_ones_make_room(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.feedback.ledger.MOST_UNANSWERED", 3)
    for day, question in enumerate(["甲", "乙", "甲", "丙", "丁"], start=1):
        ledger.note(asked(question, last_on=date(2026, 11, day)))
    assert [(one.question, one.asked) for one in ledger.unanswered()] == [("甲", 2), ("丁", 1), ("丙", 1)]
    assert MOST_UNANSWERED >= 1000


def test_a_file_that_was_taken_away_is_begun_anew(ledger: Ledger) -> None:
    ledger.keep(opinion("一"))
    for path in ledger.path.parent.iterdir():
        path.unlink()
    ledger.keep(opinion("二"))
    assert [one.question for one in ledger.opinions()] == ["二"]


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE opinion (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerUnusable, match="another program"):
        Ledger(path).keep(opinion())
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"\x00" * 5000], ids=["text", "zeros"])
def test_a_damaged_file_is_told_of(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.sqlite"
    path.write_bytes(content)
    ledger = Ledger(path)
    with pytest.raises(LedgerUnusable) as told:
        ledger.keep(opinion())
    assert str(path) in told.value.what
    with pytest.raises(LedgerUnusable):
        ledger.opinions()


def test_a_place_that_cannot_be_written_to_is_known_beforehand(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not Ledger(tmp_path / "file" / "f.sqlite").usable
    assert not Ledger(tmp_path).usable
    assert Ledger(tmp_path / "a" / "b" / "f.sqlite").usable


_WRITER = """
import sys
from tests.assistant.test_feedback import opinion
from assistant.feedback.ledger import Ledger
from pathlib import Path
ledger = Ledger(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    ledger.keep(opinion(f"{number}", answer="长" * 3000))
    print(number, flush=True)
"""


def _writer(path: Path, count: int) -> "subprocess.Popen[str]":
    code = _WRITER.replace("from tests.assistant.test_feedback import opinion", _OPINION)
    command = [sys.executable, "-c", code, str(path), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


_OPINION = """
import importlib.util
found = importlib.util.spec_from_file_location("test_feedback", "tests/assistant/test_feedback.py")
module = importlib.util.module_from_spec(found)
found.loader.exec_module(module)
opinion = module.opinion
"""


def test_a_process_killed_while_it_writes_loses_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.sqlite"
    with _writer(path, 100_000) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(40)]
        writer.kill()
        told += writer.stdout.readlines()
    ledger = Ledger(path)
    kept = [int(one.question) for one in reversed(ledger.opinions())]
    said = [int(line) for line in told if line.endswith("\n")]
    assert kept[: len(said)] == said
    assert len(kept) <= len(said) + 1
    ledger.keep(opinion("之后"))
    ledger.close()
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.close()


def test_two_processes_write_by_turns(tmp_path: Path) -> None:
    path = tmp_path / "f.sqlite"
    writers = [_writer(path, 60) for _ in range(2)]
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        assert len(out.splitlines()) == 60
        assert writer.returncode == 0
    assert len(Ledger(path).opinions()) == 120


# Grouping


def test_questions_that_ask_the_same_stand_together_the_most_asked_first() -> None:
    groups = grouped(
        [
            asked("备案要几天？"),
            asked("孵化中心面积多大？", 2),
            asked("请问孵化中心的面积要多大呢"),
            asked("孵化中心麵積多大"),
            asked("备案需要多少天"),
            asked("社区有停车位吗"),
            asked("社区有健身房吗"),
        ]
    )
    assert [(group.first.question, group.asked, len(group.questions)) for group in groups] == [
        ("孵化中心面积多大？", 4, 3),
        ("备案要几天？", 2, 2),
        ("社区有停车位吗", 1, 1),
        ("社区有健身房吗", 1, 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市级孵化中心面积多大", "区级孵化中心面积多大"),
        ("第三条说的面积是多少", "第四条说的面积是多少"),
        ("2021年的经费有多少", "2022年的经费有多少"),
        ("怎么备案", "怎么登记"),
    ],
)
def test_questions_that_differ_in_what_matters_stay_apart(one: str, other: str) -> None:
    assert len(grouped([asked(one), asked(other)])) == 2


@given(st.lists(st.text(alphabet="社区有停车位吗面积多大1？ a", min_size=1, max_size=12), max_size=12))
def test_no_question_is_lost_or_counted_twice(questions: list[str]) -> None:
    groups = grouped([asked(question) for question in questions])
    assert sorted(one.question for group in groups for one in group.questions) == sorted(questions)
    assert sum(group.asked for group in groups) == len(questions)


def test_what_was_only_spoken_of_is_known_too_and_nothing_is_counted_twice() -> None:
    counted = (asked("面积多大", 3),)
    said = [
        opinion("面积多大", status=Status.NOT_IN_CORPUS),
        opinion("电话多少", status=Status.NOT_IN_CORPUS),
        opinion("电话多少", status=Status.PARTIAL),
        opinion("有哪些房间", status=Status.ANSWERED),
    ]
    assert [(one.question, one.asked) for one in all_unanswered(counted, said)] == [
        ("面积多大", 3),
        ("电话多少", 2),
    ]


# Handing on


def test_tables_open_in_a_spreadsheet_and_compute_nothing() -> None:
    made = opinions_csv(
        [opinion(comment='=HYPERLINK("http://x")', question="第一行\n第二行，“引”")], ["日期"] * 10, str
    )
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert rows[1][3] == '\'=HYPERLINK("http://x")'
    assert rows[1][4] == "第一行\n第二行，“引”"
    groups = grouped([asked("+面积多大", 2), asked("@电话")])
    table = list(
        csv.reader(io.StringIO(unanswered_csv(groups, ["组"] * 8, str).decode("utf-8-sig"), newline=""))
    )
    assert [row[2] for row in table[1:]] == ["'+面积多大", "'@电话"]
    assert [row[:2] for row in table[1:]] == [["1", "2"], ["2", "1"]]


def test_drafts_are_cases_that_the_evaluation_reads_and_each_question_is_in_once() -> None:
    groups = grouped(
        [
            asked("面积多大", 3, id=7),
            asked("面积要多大", id=8),
            asked("How big?", id=9, language=Language.ENGLISH),
        ]
    )
    said = [
        opinion("街道有哪些房间", id=1, useful=True, reasons=(), comment=""),
        opinion("街道有哪些房间？", id=2, comment="漏了「多功能」\n一项"),
        opinion("面积多大", id=3, status=Status.NOT_IN_CORPUS, useful=True, provisions=("guide/4#1",)),
    ]
    cases = [
        Case.model_validate(json.loads(line)) for line in cases_jsonl(groups, said).decode().splitlines()
    ]
    assert [case.id for case in cases] == ["feedback-00002", "feedback-00003", "unanswered-00009"]
    wrong, right, english = cases
    assert "answered" in wrong.expect.status
    assert "not_in_corpus" in wrong.expect.status
    assert wrong.expect.may == ("guide/4",)
    assert "不完整" in wrong.basis
    assert "「" not in wrong.basis
    assert right.expect.status == ("not_in_corpus",)
    assert right.expect.nearest == ("guide/4",)
    assert english.style == "en"
    assert all(case.basis.startswith("待核对") for case in cases)
