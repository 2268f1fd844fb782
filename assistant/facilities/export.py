"""Make a form by its name: what the command line asks for."""

from collections.abc import Iterable
from datetime import date

from assistant.facilities.forms import Forms
from assistant.facilities.matrix import build_matrix
from assistant.facilities.roster import actors_in, build_roster, of_actor
from assistant.facilities.selfcheck import check, requirements
from assistant.office.word import write_word
from assistant.question import Language
from corpus.errors import ExplainedError
from corpus.library import Library


class FormUnknownError(ExplainedError):
    """A form, a tier or an actor that the documents give nothing for."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        super().__init__(f"没有“{what}”。 There is no {what}.", fix=f"可以用 / known: {', '.join(known)}")


def make_form(
    form: str,
    ending: str,
    library: Library,
    *,
    tier: str = "street",
    actor: str | None = None,
    language: Language = Language.CHINESE,
    today: date | None = None,
) -> bytes:
    """Return the content of a form: ``matrix``, an empty ``selfcheck``, or ``duties``.

    Raises FormUnknownError for an ending that the form is not made in, and for a tier or an actor that is not known.
    """
    day = today or date.today()
    forms = Forms(library, language, today=day)
    endings = (".docx", ".csv") if form == "duties" else (".docx",)
    if ending.lower() not in endings:
        raise FormUnknownError(f"{form}{ending}", (f"{form}{known}" for known in endings))
    if form == "matrix":
        return write_word(forms.matrix(build_matrix(library)), made_on=day)
    if form == "selfcheck":
        if not requirements(library, tier):
            raise FormUnknownError(tier, build_matrix(library).tiers)
        return write_word(forms.selfcheck(tier, check(library, tier, ()), None), made_on=day)
    items = build_roster(library)
    if actor is not None:
        if actor not in actors_in(items):
            raise FormUnknownError(actor, filter(None, actors_in(items)))
        items = of_actor(items, actor)
    if ending.lower() == ".csv":
        return forms.duties_csv(items)
    return write_word(forms.duties(items, actor), made_on=day)
