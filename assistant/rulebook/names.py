"""Build the name of a centre from the template of its tier."""

import re
from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point, quote_words
from assistant.understand import Place, Understanding, Want
from corpus.library import Library
from corpus.rules import NameTemplate
from corpus.shadow import simplified


def fill_name(question: Understanding, library: Library) -> Draft | None:
    """Build the name of the centre of a place that the question names."""
    if not question.is_about(Want.NAME) or not library.names or _OTHER_MATTERS.search(question.text):
        return None
    points = [
        _named(full, template, library)
        for template in library.names
        for full in _places_for(template, question)
        if "{place}" in template.template
    ]
    if not points:
        return None
    names = [point.say.zh for point in points]
    claimed = _CLAIMED.search(question.question.text)
    lead = None
    if claimed and ("中心" in claimed[1] or "基地" in claimed[1]):
        said = simplified(claimed[1])
        lead = phrases.YES if any(f"“{said}”" in name for name in names) else phrases.NO
    return Draft(status=Status.ANSWERED, mode=Mode.RULES, lead=lead, points=tuple(points))


_OTHER_MATTERS = re.compile(
    r"名单|房间|屋子|功能区|服务(?!中心)|经费|钱|面积|几个|多少|地址|电话|哪条街|局长|主任|领导"
)
_CLAIMED = re.compile(r"[“\"「『‘]([^”\"」』’]{6,30})[”\"」』’]")


def _places_for(template: NameTemplate, question: Understanding) -> Sequence[str]:
    """Return the places whose name goes into a template, in full."""
    if template.unit == "base":
        if "基地" not in question.text:
            return ()
        named = [place.name for place in question.places]
        found = re.search(
            r"在(?!别|外|哪|其他|各|本|这|那|某|当地|一|什么|啥|不同|几)([一-鿿]{2,4}?)(?:设|建|开|弄|搞|挂|办|成立)",
            question.text,
        )
        return named or ([found[1]] if found else [])
    if "基地" in question.text and template.tier != "street":
        return ()
    return [
        p.name + p.suffix
        for p in _most_specific(question.places)
        if p.tier == template.tier and _fits(p, template)
    ]


def _most_specific(places: Sequence[Place]) -> Sequence[Place]:
    streets = [place for place in places if place.tier == "street"]
    return streets or places


def _fits(place: Place, template: NameTemplate) -> bool:
    return not template.place_suffix or place.suffix in template.place_suffix or place.suffix == "地区"


def _named(full: str, template: NameTemplate, library: Library) -> Point:
    name = template.template.format(place=full)
    return Point(
        say=phrases.NAME_FILLED.filled(place=full, name=name),
        quotations=(quote_words(library, template.provision, template.words),),
        derived=True,
    )
