"""Answer by place: what a provision says, and where words come from."""

import re
from collections.abc import Sequence

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, Point
from assistant.phrases import Line
from assistant.understand import Understanding, Want
from corpus.citation import cite
from corpus.library import Library, Quotation
from corpus.numerals import write_compound
from corpus.reference import Reference, resolve
from corpus.shadow import shadow

_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{4,})[”\"」』]")
_WHERE = re.compile(
    r"((写|说|提|讲|出|出现)(到|过|的)?(在|是)?哪.*$|这句话|这段话|这个说法|这句|这话|的?(说法|规定|要求|内容)?(是)?(出自|来自|在|是)?(哪|那)(里|儿|一?条|一?款|部分|个文件|份文件|一?项).*$|出自.*$|出处.*$|,? ?(which|where) .*$|^(which|where) .*?(say|state|provide|come)s?( from)?[: ,]*)"
)
_OTHER = re.compile(r"(文本|办法|条例|意见|章程|法|规划|标准)(的|里|里面|中)?\s*$")
_SHORT_ENOUGH = 24
"""Characters of the words asked about that are repeated in the answer."""
_EMPTY_WORDS = re.compile(
    r"规定|内容|请|查|看|给我|一下|要求|文件|指引|方案|通知|的|是|呢|吗|什么|怎么|the|of|show|me|please|article|section|\W",
    re.IGNORECASE,
)


def quote_provisions(ids: Sequence[str], library: Library) -> Draft:
    """Return the words of provisions, whole."""
    places: dict[str, list[str]] = {}
    for id in ids:
        places.setdefault(cite(library, id), []).append(id)
    points = []
    for label, same in places.items():
        says = " ".join(library.translation(id) or "" for id in same)
        points.append(
            Point(
                say=Line(
                    phrases.READS.zh.format(label=label), f"{cite(library, same[0], language='en')}: {says}"
                ),
                quotations=tuple(quotation for id in same for quotation in _whole(id, library)),
                derived=True,
            )
        )
    return Draft(status=Status.ANSWERED, mode=Mode.LOOKUP, points=tuple(points))


def _whole(id: str, library: Library) -> tuple[Quotation, ...]:
    leaves = [leaf.id for leaf in library.provision(id).leaves()]
    return tuple(quotation for leaf in leaves if (quotation := library.quote_of(leaf)).text)


def where_from(question: Understanding, library: Library) -> Draft | None:
    """Say which provisions some words come from, or that no document has them.

    ``None`` when the question does not ask for that, or quotes nothing.
    """
    if not question.is_about(Want.SOURCE):
        return None
    text = question.question.text
    quoted = _QUOTED.search(text)
    words = quoted[1] if quoted else _WHERE.sub("", text).strip(" ：:，,。?？")
    exact = exact_leaves(words, library) if len(_letters(words)) >= 4 else []
    if not quoted and len(_letters(words)) < 4:
        return None
    if not exact and (quoted or re.search(r"出自|出处|这句|这段|which article|where does", text)):
        near = find_words(words, library)
        exact = [near] if near else []
    if exact:
        return Draft(
            status=Status.ANSWERED,
            mode=Mode.LOOKUP,
            points=tuple(_found(leaf, words, library) for leaf in exact[:3]),
        )
    if quoted and re.search(r"有没有|提没提|写没写|这(个|种|句)?(词|话|提法|说法)|提法", text):
        return Draft(
            status=Status.NOT_IN_CORPUS, mode=Mode.LOOKUP, lead=phrases.NOT_FOUND_WORDS.filled(words=words)
        )
    return None


def _found(leaf: str, words: str, library: Library) -> Point:
    whole = library.quote_of(leaf)
    place = whole.text.find(words)
    quotation = whole
    if place >= 0 and len(words) >= 8:
        quotation = Quotation(
            provision=leaf, text=words, start=whole.start + place, end=whole.start + place + len(words)
        )
    label = cite(library, leaf), cite(library, leaf, language="en")
    words = words.strip('“”"「」『』')
    short = place >= 0 and len(words) <= _SHORT_ENOUGH
    say = (
        phrases.WORDS_COME_FROM.filled(words=words, label=label)
        if short
        else phrases.COMES_FROM.filled(label=label)
    )
    return Point(say=say, quotations=(quotation,), derived=True)


def exact_leaves(words: str, library: Library) -> list[str]:
    """Return the leaves that have these words, letter for letter but for width, quotation marks and script."""
    plain = _letters(words)
    return [
        leaf.id
        for document in library.documents
        for leaf in document.leaves
        if plain and plain in _letters(document.text_of(leaf))
    ]


def find_words(words: str, library: Library) -> str | None:
    """Return the leaf that has these words, or nearly; ``None`` when no leaf does.

    A near match only finds the leaf; what is then quoted is the leaf's own text.
    """
    from rapidfuzz import fuzz  # a fifth of a second that few questions need

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
                first=(write_compound(articles[0].number)[0], articles[0].number),
                last=(write_compound(articles[-1].number)[0], articles[-1].number),
            )
            ranges_zh.append(filled.zh)
            ranges_en.append(filled.en)
    lead = phrases.NO_SUCH_PROVISION.filled(
        reference=reference, range=("".join(ranges_zh), " ".join(ranges_en))
    )
    return Draft(status=Status.NOT_IN_CORPUS, mode=Mode.LOOKUP, lead=lead)


def another_document(text: str, reference: Reference) -> bool:
    """Say whether the reference is to a part of a document that is only mentioned here: 示范文本第三条."""
    return _OTHER.search(text[: reference.span.start]) is not None


def is_bare(text: str, references: Sequence[Reference]) -> bool:
    """Say whether a question is nothing but references."""
    for reference in references:
        text = text.replace(reference.text, "")
    return not _EMPTY_WORDS.sub("", text)


def numbered_title(text: str, library: Library) -> list[str]:
    """Return the article that 「指引八」 or 「指引 8」 means, when that is all a question says."""
    match = re.fullmatch(r"(\w{2,8}?)\s*([一二三四五六七八九十百]+|[0-9]+)", text.strip("?。 "))
    if match is None or not any(match[1] == document.front.short_title for document in library.documents):
        return []
    return resolve(library, f"{match[1]}第{match[2]}条")


_NUMBER = re.compile(r"(?<![0-9])([0-9]{1,4})\s*号(令|文|文件)?(?!楼|线|院|门)")


def unknown_number(text: str, library: Library) -> str | None:
    """Return a document's number (332号文) that occurs nowhere in the corpus; ``None`` when there is none."""
    for match in _NUMBER.finditer(shadow(text).text):
        number = f"{match[1]}号"
        known = (document.text + document.front.number for document in library.documents)
        if match[2] and not any(number in text for text in known):
            return match[0]
    return None


def which_one(reference: Reference) -> Draft:
    """Ask which of several provisions is meant."""
    return Draft(
        status=Status.NEEDS_CLARIFICATION,
        mode=Mode.NONE,
        lead=phrases.WHICH_ONE.filled(reference=reference.text),
        nearest=tuple(reference.ids),
    )
