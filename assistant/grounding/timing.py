"""Check dates, and what happens on them."""

from assistant.grounding.case import Case, Failure
from assistant.grounding.cover import Piece
from assistant.grounding.dates import Moment, agrees
from assistant.grounding.source import Source


def check_dates(case: Case) -> Failure | None:
    """Check that every date is the text's, bounded the same, for the same matter."""
    claim, source, pieces = case.claim, case.source, case.pieces
    for moment in claim.moments:
        if not agrees(moment, source.moments):
            near = "、".join(told.words for told in source.moments[:2])
            return Failure(
                6,
                f"日期「{moment.words}」与所引条款不符"
                + (f"，原文是「{near}」。" if near else "，原文没有这个日期。"),
            )
        if not _dated_the_same(moment, source, pieces):
            return Failure(5, f"「{moment.words}」在所引条款里说的是别的事。")
    return None


def _dated_the_same(said: Moment, source: Source, pieces: tuple[Piece, ...]) -> bool:
    own = [told for told in source.moments if agrees(said, (told,)) and told.words in source.text]
    content = [piece for piece in pieces if piece.places and len(piece.told) > 1]
    if not own or not content:
        return True
    for told in own:
        home = source.clause_at(source.text.find(told.words))
        rest = source.clauses[home].text.replace(told.words, "")
        if len(rest) < 4 or any(
            source.clause_at(place) == home for piece in content for place in piece.places
        ):
            return True
    return False
