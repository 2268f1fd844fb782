"""What an operator sets is read from the environment, and said in a sentence where it does not fit."""

from pathlib import Path

import pytest

from assistant.settings import ROOT, load_settings
from corpus.errors import ExplainedError


def test_feedback_is_kept_in_a_folder_of_its_own_unless_that_is_switched_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("POLICY_FEEDBACK", raising=False)
    assert load_settings().feedback == ROOT / "feedback" / "feedback.sqlite"
    monkeypatch.setenv("POLICY_FEEDBACK", str(tmp_path / "f.sqlite"))
    assert load_settings().feedback == tmp_path / "f.sqlite"
    monkeypatch.setenv("POLICY_FEEDBACK", " ")
    assert load_settings().feedback is None


def test_unanswered_questions_are_kept_only_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICY_KEEP_UNANSWERED", raising=False)
    assert not load_settings().keep_unanswered
    monkeypatch.setenv("POLICY_KEEP_UNANSWERED", "true")
    assert load_settings().keep_unanswered


def test_the_staff_password_is_never_printed_and_never_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICY_STAFF_PASSWORD", raising=False)
    assert load_settings().staff_password.get_secret_value() == ""
    monkeypatch.setenv("POLICY_STAFF_PASSWORD", "correct horse")
    settings = load_settings()
    assert settings.staff_password.get_secret_value() == "correct horse"
    assert "correct horse" not in repr(settings) + str(settings.model_dump())
    monkeypatch.setenv("POLICY_STAFF_PASSWORD", "hunter2")
    with pytest.raises(ExplainedError) as told:
        load_settings()
    assert "POLICY_STAFF_PASSWORD" in told.value.what
    assert "hunter2" not in str(told.value)
