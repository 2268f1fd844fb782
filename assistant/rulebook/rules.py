"""Try each rule in turn."""

from datetime import date

from assistant.draft import Draft
from assistant.rulebook.duties import duties
from assistant.rulebook.names import fill_name
from assistant.rulebook.standing import validity
from assistant.rulebook.timeline import phase_on
from assistant.rulebook.totals import multiply, share_of
from assistant.understand import Understanding
from corpus.library import Library


def answer_by_rule(question: Understanding, library: Library, *, today: date) -> Draft | None:
    """Return the answer that a rule gives, or ``None`` when none applies."""
    return (
        fill_name(question, library)
        or multiply(question, library)
        or share_of(question, library)
        or phase_on(question, library, today=today)
        or duties(question, library)
        or validity(question, library, today=today)
    )
