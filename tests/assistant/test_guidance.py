"""The project's own notes answer last, under their own name, and change nothing that the documents answer."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Mode, Reply, Status
from assistant.batch import answer_line, verify_line
from assistant.question import Question, Turn
from assistant.scripted import Wire, faithful
from assistant.wiring import Assistant
from corpus.library import Library, load_library
from corpus.shadow import shadow
from index.embedder import open_embedder
from index.generation import build_index, open_index
from index.passage import Kind
from index.search import Index

SLUG = "registration-notes"
WHOSE = "编者整理，非官方原文"
OpenWith = Callable[..., Assistant]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def index(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Index:
    root: Path = tmp_path_factory.mktemp("index")
    embedder = open_embedder()
    build_index(library, embedder, root)
    return open_index(library, embedder, root)


@pytest.fixture(scope="module")
def assistant(library: Library, index: Index) -> Assistant:
    return Assistant(library, index, today=lambda: date(2026, 11, 25))


def ask(assistant: Assistant, text: str, *earlier: str) -> Reply:
    history = tuple(
        Turn(speaker, said) for past in earlier for speaker, said in (("user", past), ("assistant", "…"))
    )
    return assistant.ask(Question(text=text, history=history))


def noted(reply: Reply) -> set[str]:
    return {cited.provision.partition("#")[0] for cited in reply.citations if not cited.official}


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("成立一个合唱队备案起码得多少人", "2/2"), ("備案要多久才會下來", "2/4"), ("没有公章我们怎么跟剧场签合同", "2/7"),
        ("办个正式的协会要凑多少会员", "3/3"), ("社区基金会要准备多少钱", "5/2"), ("给得病的邻居在小区里凑点钱行吗", "6/5"),
        ("我们志愿队的服务时长怎么记", "7/2"), ("业委会是不是社区社会组织", "2/16"), ("Must our volunteers be insured?", "7/3"),
        ("How many people do we need for filing?", "2/2"),
    ],
)  # fmt: skip
def test_where_the_documents_are_silent_the_note_answers_in_its_own_name(
    assistant: Assistant, library: Library, question: str, entry: str
) -> None:
    reply = ask(assistant, question)
    assert reply.status is Status.PARTIAL
    assert noted(reply) == {f"{SLUG}/{entry}"}
    whose = "Compiled by the editors, not an official text" if reply.language == "en" else shadow(WHOSE).text
    assert whose in (reply.answer if reply.language == "en" else shadow(reply.answer).text)
    silent = shadow(reply.answer).text
    assert "does not state" in silent or "文件没有写" in silent
    assert any("核对日期" in shadow(note).text or "Checked on" in note for note in reply.notes)
    assert reply.next_step
    for cited in reply.citations:
        assert library.document_of(cited.provision).text[cited.start : cited.end] == cited.quote
        assert (WHOSE in cited.label) == (not cited.official)
        assert cited.label in reply.answer


def test_a_note_is_never_set_as_a_quotation(assistant: Assistant, library: Library) -> None:
    reply = ask(assistant, "我们想成立一支合唱队，要去哪里备案？")
    quoted = [line for line in reply.answer.splitlines() if line.startswith(">")]
    assert quoted
    assert WHOSE not in "".join(quoted)
    official = [cited for cited in reply.citations if cited.official]
    assert reply.citations[: len(official)] == tuple(official)
    assert reply.answer.index(WHOSE) > max(reply.answer.index(cited.quote) for cited in official)


@pytest.mark.parametrize(
    "question",
    [
        "街道的孵化中心要有哪些房间？", "购买服务的比例是多少", "专题培训多少学时", "指引第七条说了什么", "备案信息系统谁来健全",
        "What rooms must a subdistrict incubator have?",
    ],
)  # fmt: skip
def test_what_the_documents_answer_is_answered_without_the_notes(assistant: Assistant, question: str) -> None:
    reply = ask(assistant, question)
    assert reply.status is Status.ANSWERED
    assert noted(reply) == set()
    assert WHOSE not in reply.answer


@pytest.mark.parametrize(
    "question",
    [
        "孵化中心的面积要多少平方米？", "孵化中心收费吗", "孵化中心电话多少", "入驻孵化中心要什么条件", "培训多少人才能开班", "备案系统网址多少",
        "结婚登记要带什么材料", "今天天气怎么样", "上海的社区社会组织备案要几个人", "12345的工资多少", "汽车年检去哪办",
    ],
)  # fmt: skip
def test_near_misses_stay_unanswered(assistant: Assistant, question: str) -> None:
    reply = ask(assistant, question)
    assert reply.status in (Status.NOT_IN_CORPUS, Status.OUT_OF_SCOPE)
    assert reply.citations == ()
    assert WHOSE not in reply.answer


def test_no_number_is_given_for_filing_in_beijing(assistant: Assistant) -> None:
    for question in ("备案最少得几个人", "备案几天办完", "备案要交什么材料"):
        answer = ask(assistant, question).answer
        assert "没有查到" in answer
        for figure in ("5人", "10人", "20人", "50", "工作日", "身份证"):
            assert figure not in answer


def test_a_follow_up_is_understood_with_what_came_before(assistant: Assistant) -> None:
    assert noted(ask(assistant, "那要几个人", "我们想成立一支合唱队，要去哪里备案？")) == {f"{SLUG}/2/2"}


def test_every_question_that_people_ask_of_a_note_reaches_it_or_is_answered_by_the_documents(
    library: Library,
) -> None:
    first = [
        next((cue.provision for cue in library.cues if cue.fits(text, question=text)), None)
        for asked in library.note_questions
        for text in [shadow(asked.question).text.strip()]
    ]
    right = [found in asked.provisions for found, asked in zip(first, library.note_questions, strict=True)]
    assert sum(right) >= 0.95 * len(right)


def test_official_questions_without_an_answer_rarely_reach_a_note(library: Library) -> None:
    """Those that do are about registering too: nobody has checked that the notes are silent on them."""
    known = {asked.question for asked in library.note_questions}
    silent = [
        shadow(asked.question).text.strip()
        for asked in library.questions
        if asked.status in ("not_in_corpus", "out_of_scope") and asked.question not in known
    ]
    reached = [text for text in silent if any(cue.fits(text, question=text) for cue in library.cues)]
    assert len(reached) <= 0.05 * len(silent)


def test_the_notes_are_searched_like_the_rest(index: Index) -> None:
    words = "个人会员50个以上，或者单位会员30个以上"
    best = index.search(words, limit=1, kinds=frozenset({Kind.TEXT}))[0]
    assert best.passage.provisions[0].startswith(f"{SLUG}/3/3")
    apart = index.search(words, limit=5, documents=frozenset({"notice", "plan", "guide"}))
    assert {hit.passage.document for hit in apart} <= {"notice", "plan", "guide"}


@pytest.mark.parametrize(
    ("statement", "entry", "supported"),
    [
        ("北京对备案的最少人数、成员是否要住在本社区，都没有查到规定。", "2/2", True), ("备案最少要10个人。", "2/2", False),
        ("民办非企业单位的活动场所要有产权证明，或者一年期以上的使用权证明。", "4/5", True), ("活动场所要有两年期以上的使用权证明。", "4/5", False),
        ("基金会在北京由区民政局登记。", "5/1", False), ("志愿服务不得向服务对象收取或者变相收取报酬。", "7/4", True),
        ("志愿服务可以向服务对象收取报酬。", "7/4", False),
    ],
)  # fmt: skip
def test_statements_are_verified_against_a_note(
    library: Library, statement: str, entry: str, supported: bool
) -> None:
    line = json.dumps(
        {"id": "s", "statement": statement, "provisions": [f"{SLUG}/{entry}"]}, ensure_ascii=False
    )
    verdict = verify_line(1, line, library)
    assert verdict["supported"] is supported, verdict["why"]


def test_a_reply_from_a_note_keeps_the_contract(assistant: Assistant) -> None:
    line = json.dumps({"id": "q", "question": "社区基金会要准备多少钱"}, ensure_ascii=False)
    reply = answer_line(1, line, assistant.ask)
    assert reply["status"] == "partial"
    assert [cited["official"] for cited in reply["citations"]] == [False] * len(reply["citations"])
    assert reply["citations"]
    assert reply["rejected"] == []


def test_a_language_model_is_never_shown_the_notes_and_cannot_reword_them(open_with: OpenWith) -> None:
    shown: list[str] = []

    def part(wire: Wire) -> None:
        shown.extend(wire.evidence.values())
        faithful(wire)

    reply = open_with(part).ask(Question(text="我们想成立一支合唱队，要去哪里备案？"))
    assert reply.mode is Mode.WRITE
    assert any("备案工作指引" in text for text in shown)
    assert not any("没有查到" in text or "稳妥的办法" in text for text in shown)
    assert f"{SLUG}/2/5" in noted(reply)
    assert "稳妥的办法是先跟居委会说，再由居委会或自己去问街道。" in reply.answer
