"""Hold the name on a centre's sign against the form that the provision gives."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.draft import quote_words
from assistant.facilities.matrix import quoted_names
from corpus.library import Library, Quotation
from corpus.rules import NameTemplate
from corpus.shadow import simplified
from corpus.vocabulary import load_vocabulary

LONGEST_SIGN = 60
"""Characters of a name that are looked at."""

_NOT_ON_A_SIGN = re.compile(r"[\s“”\"「」『』《》]")
_NOBODY = re.compile(r"[Xx×某*＊○〇]+.*|.*乡镇")


class Verdict(StrEnum):
    """How a name stands to the form."""

    FITS = "fits"
    EXTRA = "extra"
    """It fits but for words before it, of which the text says nothing."""
    NO_PLACE = "no_place"
    """The place is missing, or is no place of the kind that the text writes."""
    OTHER_TIER = "other_tier"
    """It is the form of another tier."""
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the provision writes a name."""

    tier: str
    unit: str
    printed: str
    """As the text prints it: XX街道/乡镇社会组织培育孵化中心."""
    quotation: Quotation
    template: NameTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A name held against the forms of its tier."""

    written: str
    verdict: Verdict
    form: Form
    """The form that it fits, or comes nearest to, or that of its own tier."""
    extra: str = ""
    """The words before what fits."""
    suggestion: str = ""
    """The name in the form of its tier, where the place can be read from what was written."""
    other: Form | None = None
    """The form of another tier that it fits."""


def forms_of(library: Library, tier: str) -> tuple[Form, ...]:
    """Return the forms of names that the provisions give for a tier."""
    return tuple(_forms(library, tier))


def check_sign(library: Library, tier: str, written: str) -> Sign | None:
    """Hold a name against the forms of a tier; ``None`` when nothing is written or the tier has no form.

    Only the form is looked at: whether there is such a place is not for the text to say.
    """
    name = _plain(written)
    forms = forms_of(library, tier)
    if not name or not forms:
        return None
    base = "基地" in name and any(form.unit == "base" for form in forms)
    nearest = next((form for form in forms if (form.unit == "base") == base), forms[0])
    found = [sign for form in (nearest, *forms) if (sign := _against(form, name))]
    fitting = next((sign for sign in found if sign.verdict is not Verdict.NO_PLACE), None)
    if fitting:
        return fitting
    elsewhere = _of_another_tier(library, tier, name)
    if elsewhere:
        suggestion = _suggestion(nearest, name)
        return Sign(
            written=name, verdict=Verdict.OTHER_TIER, form=nearest, other=elsewhere, suggestion=suggestion
        )
    if found:
        return found[0]
    return Sign(written=name, verdict=Verdict.DIFFERS, form=nearest, suggestion=_suggestion(nearest, name))


def _of_another_tier(library: Library, tier: str, name: str) -> Form | None:
    """Return the form of another tier that a name fits."""
    others = dict.fromkeys(template.tier for template in library.names if template.tier != tier)
    for other in others:
        for form in forms_of(library, other):
            found = _against(form, name)
            if found and found.verdict is not Verdict.NO_PLACE:
                return form
    return None


def _plain(written: str) -> str:
    """Return the characters of a name, in the width and form in which the text writes them."""
    folded = unicodedata.normalize("NFKC", written[:LONGEST_SIGN])
    printed = "".join(c for c in folded if unicodedata.category(c)[0] != "C")
    return simplified(_NOT_ON_A_SIGN.sub("", printed))


def _forms(library: Library, tier: str) -> Iterator[Form]:
    for template in library.names:
        if template.tier != tier:
            continue
        pattern = re.escape(template.template).replace(re.escape("{place}"), "(.+)")
        named = (name for name in quoted_names(template.words) if re.fullmatch(pattern, name))
        printed = next(named, template.template.replace("{place}", "XX"))
        yield Form(
            tier=tier,
            unit=template.unit,
            printed=printed,
            quotation=quote_words(library, template.provision, template.words),
            template=template,
        )


def _against(form: Form, name: str) -> Sign | None:
    """Return how a name stands to one form; ``None`` when it is not of that form at all."""
    template = form.template
    if "{place}" not in template.template:
        if not name.endswith(template.template):
            return None
        extra = name.removesuffix(template.template)
        return Sign(written=name, verdict=Verdict.EXTRA if extra else Verdict.FITS, form=form, extra=extra)
    before, after = template.template.split("{place}")
    if not (name.startswith(before) and name.endswith(after) and len(name) >= len(before) + len(after)):
        return None
    place = name[len(before) : len(name) - len(after)]
    extra = _province(place, template)
    core = place.removeprefix(extra)
    suffix = next((s for s in template.place_suffix if core.endswith(s)), "")
    if not core or core == suffix or _NOBODY.fullmatch(core) or (template.place_suffix and not suffix):
        return Sign(written=name, verdict=Verdict.NO_PLACE, form=form)
    return Sign(
        written=name,
        verdict=Verdict.EXTRA if extra else Verdict.FITS,
        form=form,
        extra=extra,
        suggestion=template.template.format(place=core),
    )


def _province(place: str, template: NameTemplate) -> str:
    """Return the larger places written before a place: 北京市, and before a subdistrict its district."""
    larger = "北京市?" if "区" in template.place_suffix else f"(?:北京市?)?(?:{_districts()})?"
    found = re.match(f"(?:{larger})(?=.)", place)
    return found.group() if found and template.place_suffix else ""


def _districts() -> str:
    return "|".join(f"{name}区" for name in load_vocabulary().districts.values())


def _suggestion(form: Form, name: str) -> str:
    """Return the name that the form gives for the place that was written, if one can be read from it."""
    template = form.template
    if "{place}" not in template.template:
        return template.template
    if not template.place_suffix:
        return ""
    rest = name.removeprefix(_province(name, template))
    suffixes = "|".join(suffix for suffix in template.place_suffix if suffix)
    found = re.match(rf"([一-鿿]{{1,8}}?(?:{suffixes}))(?!镇|级)", rest)
    if not found or _NOBODY.fullmatch(found[1]) or found[1] in template.place_suffix:
        return ""
    return template.template.format(place=found[1])
