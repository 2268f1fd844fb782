"""Answer by place: what a provision says, and where words come from."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from corpus.citation import Reference, cite
from corpus.library import Library, Quotation
from corpus.shadow import shadow

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point
from assistant.phrases import Line
from assistant.understand import Understanding, Want

_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{6,})[”\"」』》]")
_WHERE = re.compile(r"(这句话|这段话|这个说法|这句|这话|的?(说法|规定|要求|内容)?(是)?(出自|来自|在|是)?(哪|那)(里|儿|一?条|一?款|部分|个文件|份文件|一?项).*$|出自.*$|出处.*$|,? ?(which|where) .*$|^(which|where) .*?(say|state|provide|come)s?( from)?[: ,]*)")
LONGEST_WHOLE = 420
"""Characters up to which a provision is quoted whole without being asked for its wording."""


def quote_provisions(ids: Sequence[str], library: Library) -> Draft:
    """Return the words of provisions, whole."""
    points = []
    for id in ids:
        label = cite(library, id)
        quotations = _whole(id, library)
        says = library.translation(id) or ""
        points.append(
            Point(
                say=Line(phrases.READS.zh.format(label=label), f"{cite(library, id, language='en')}: {says}"),
                quotations=quotations,
                derived=True,
            )
        )
    return Draft(status=Status.ANSWERED, mode=Mode.LOOKUP, points=tuple(points))


def _whole(id: str, library: Library) -> tuple[Quotation, ...]:
    leaves = [leaf.id for leaf in library.provision(id).leaves()]
    return tuple(quotation for leaf in leaves if (quotation := library.quote_of(leaf)).text)


def where_from(question: Understanding, library: Library) -> Draft | None:
    """Say which provision the quoted words come from; ``None`` when the question quotes nothing that is found."""
    if not question.is_about(Want.SOURCE):
        return None
    quoted = _QUOTED.search(question.question.text)
    words = quoted[1] if quoted else _WHERE.sub("", question.question.text)
    leaf = find_words(words, library)
    if leaf is None:
        return None
    label = cite(library, leaf)
    return Draft(
        status=Status.ANSWERED,
        mode=Mode.LOOKUP,
        points=(
            Point(
                say=phrases.COMES_FROM.filled(label=(label, cite(library, leaf, language="en"))),
                quotations=(library.quote_of(leaf),),
                derived=True,
            ),
        ),
    )


def find_words(words: str, library: Library) -> str | None:
    """Return the leaf that has these words, or nearly; ``None`` when no leaf does.

    A near match only finds the leaf; what is then quoted is the leaf's own text.
    """
    plain = _letters(words)
    if len(plain) < 6:
        return None
    best, best_score = None, 0.0
    for document in library.documents:
        for leaf in document.leaves:
            text = _letters(document.text_of(leaf))
            if plain in text:
                return leaf.id
            score = fuzz.partial_ratio(plain, text) if len(plain) <= len(text) else 0.0
            if score > best_score:
                best, best_score = leaf.id, score
    return best if best_score >= 82 else None


def _letters(text: str) -> str:
    return "".join(character for character in shadow(text).text if character.isalnum() or character == "%")


def unknown_reference(reference: str, library: Library) -> Draft:
    """Say that there is no such provision, and how far the numbers go."""
    ranges_zh, ranges_en = [], []
    for document in library.documents:
        articles = [p for p in document.provisions.values() if p.level == "article"]
        if articles and document.front.official:
            filled = phrases.ARTICLE_RANGE.filled(
                title=(document.front.title, document.front.title_en or document.front.title),
                first=articles[0].number,
                last=articles[-1].number,
            )
            ranges_zh.append(filled.zh)
            ranges_en.append(filled.en)
    lead = phrases.NO_SUCH_PROVISION.filled(reference=reference, range=("".join(ranges_zh), " ".join(ranges_en)))
    return Draft(status=Status.NOT_IN_CORPUS, mode=Mode.LOOKUP, lead=lead)


def which_one(reference: Reference) -> Draft:
    """Ask which of several provisions is meant."""
    return Draft(
        status=Status.NEEDS_CLARIFICATION,
        mode=Mode.NONE,
        lead=phrases.WHICH_ONE.filled(reference=reference.text),
        nearest=tuple(reference.ids),
    )
