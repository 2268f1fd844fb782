"""What other programs get: the reply of the contract, or a sentence that says what is wrong."""

import httpx
import pytest

from assistant.web.application import build_application
from assistant.web.desk import Desk
from corpus.errors import ExplainedError
from corpus.library import Library
from tests.web.visiting import ROOMS, STREET, FaultyAssistant, serve


def ask(site: str, **body: object) -> httpx.Response:
    return httpx.post(f"{site}/api/ask", json=body, trust_env=False, timeout=10)


def test_a_question_brings_the_whole_reply(site: str) -> None:
    reply = ask(site, question=ROOMS, id="q7").json()
    assert reply["id"] == "q7"
    assert reply["status"] == "answered"
    assert reply["citations"][0]["quote"] == STREET
    keys = {
        "id",
        "status",
        "mode",
        "language",
        "answer",
        "citations",
        "nearest",
        "notes",
        "next_step",
        "rejected",
        "took_ms",
    }
    assert set(reply) == keys


def test_history_role_and_language_reach_the_assistant(site: str, assistant: FaultyAssistant) -> None:
    ask(
        site,
        question="那街道呢？",
        history=[["user", "区级呢？"], ["assistant", "……"]],
        role="staff",
        lang="en",
    )
    asked = assistant.asked[-1]
    assert [turn.text for turn in asked.history] == ["区级呢？", "……"]
    assert asked.role.value == "staff"
    assert asked.language is not None
    assert asked.language.value == "en"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": 3}, "question"),
        ({"question": "a", "role": "x"}, "role"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(site: str, body: dict[str, object], named: str) -> None:
    answer = ask(site, **body)
    assert answer.status_code == 400
    assert named in answer.json()["error"]


def test_a_body_that_is_not_json_and_a_question_too_long_are_told_so(site: str) -> None:
    answer = httpx.post(f"{site}/api/ask", content=b"{", trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (400, "The body is not JSON.")
    answer = ask(site, question="房" * 2001)
    assert answer.status_code == 400
    assert "2000" in answer.json()["error"]


def test_without_an_index_the_page_stands_says_what_to_type_and_comes_back_by_itself(
    library: Library, assistant: FaultyAssistant
) -> None:
    there = False

    def opened() -> FaultyAssistant:
        if not there:
            raise ExplainedError("There is no index.", fix="Run: python -m assistant index")
        return assistant

    for site in serve(lambda: build_application(Desk(library, opened, retry_after=0))):
        refused = ask(site, question=ROOMS)
        assert refused.status_code == 503
        assert "python -m assistant index" in refused.json()["fix"]
        page = httpx.get(f"{site}/", trust_env=False).text
        assert "python -m assistant index" in page
        assert httpx.get(f"{site}/healthz", trust_env=False).status_code == 503
        assert "第四条" in httpx.get(f"{site}/read/guide", trust_env=False).text
        there = True
        assert ask(site, question=ROOMS).json()["status"] == "answered"
        assert "python -m assistant index" not in httpx.get(f"{site}/", trust_env=False).text
        assert httpx.get(f"{site}/healthz", trust_env=False).json() == {"ready": True}


def test_an_index_that_cannot_be_opened_is_not_tried_at_every_question(library: Library) -> None:
    tried = 0

    def opened() -> FaultyAssistant:
        nonlocal tried
        tried += 1
        raise ExplainedError("There is no index.", fix="Run: python -m assistant index")

    desk = Desk(library, opened, retry_after=60)
    for _ in range(20):
        with pytest.raises(ExplainedError):
            desk.assistant()
    assert tried == 1
