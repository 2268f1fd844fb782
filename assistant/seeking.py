"""Search for a question: as a whole, matter by matter, and from what it goes on from."""

from assistant.finding import Found, Searcher, find
from assistant.followup import place_in_list, steps_beside
from assistant.question import Question
from assistant.quote import OTHER_PROVISION, choose, is_dated
from assistant.understand import Understanding, Want, asks_of_each, parts_of, says_several, understand
from corpus.library import Library, node_of
from corpus.sounds import Hearing

ELLIPTICAL = 12
"""Characters up to which a question that goes on from another is only about what that one was."""
_PART = 1.4
"""Support of a fact from which a part of a question brings it in."""
_PART_SAID = 1.0
"""The same where the question says that it is after several matters."""
_PART_OF_EACH = 0.75
"""The same where it lists them."""


class Seeker:
    """Searches one index for what questions are after."""

    def __init__(self, library: Library, searcher: Searcher, hearing: Hearing) -> None:
        self._library = library
        self._searcher = searcher
        self._hearing = hearing

    def seek(self, question: Understanding, topic: str) -> Found:
        """Return what was found; ``topic`` is the earlier question that this one goes on from, or empty."""
        found = self.find(question)
        enough = _part_enough(question)
        parts = [self.find(part) for part in parts_of(question)]
        found = found.joined_with([part for part in parts if part.settled and part.best_fact >= enough])
        return self._gone_on(topic, question, found) if topic else found

    def find(self, question: Understanding) -> Found:
        """Return what was found for a question as it stands."""
        return find(question, self._searcher, self._library)

    def _gone_on(self, topic: str, question: Understanding, found: Found) -> Found:
        """Return what was found for a question that goes on from another, leaning on what that one was about."""
        nodes = self._about(topic)
        text = question.text
        place = place_in_list(text)
        if place is not None and -1 <= place < len(nodes):
            return found.all_of(self._facts_of(nodes[place]))
        beside = provision_beside(nodes[0], steps_beside(text), self._library) if nodes else None
        if beside is not None:
            nodes = [beside]
            if not question.is_about(Want.WHEN):
                return found.all_of(self._facts_of(beside))
        elif len(text) > ELLIPTICAL:
            return found.leaning_on(frozenset(nodes), only=False)
        if question.is_about(Want.WHEN):
            facts = self._library.facts
            dated = {fact.id for fact in facts if node_of(fact.provision) in nodes and is_dated(fact)}
            if not dated and self._tells_when(found):
                return found
            return found.among(dated).judged("answered") if dated else found.judged("not_in_corpus")
        whole = understand(Question(text=f"{topic}，{text}"), self._library)
        return found.leaning_on(frozenset(nodes), only=True).judged_as(self.find(whole)).never_sure()

    def _tells_when(self, found: Found) -> bool:
        """Say whether a date is plainly among what was found, whatever the question went on from."""
        dated = [support for id, support in found.facts.items() if is_dated(self._library.fact(id))]
        near = max(dated, default=0.0) >= OTHER_PROVISION * found.best_fact
        return found.settled and found.best_fact >= _PART_SAID and near

    def _facts_of(self, node: str) -> list[str]:
        return [fact.id for fact in self._library.facts if node_of(fact.provision) == node]

    def _about(self, text: str) -> list[str]:
        """Return the provisions that an earlier question was about, in the order of the answer."""
        question = understand(Question(text=text), self._library, self._hearing)
        facts = choose(question, self.find(question), self._library)
        named = (id for reference in question.references for id in reference.ids)
        return list(dict.fromkeys([*named, *(node_of(fact.provision) for fact in facts)]))


def _part_enough(question: Understanding) -> float:
    """Return the support of a fact from which a part of this question brings it in."""
    if asks_of_each(question):
        return _PART_OF_EACH
    return _PART_SAID if says_several(question) else _PART


def provision_beside(node: str, steps: int, library: Library) -> str | None:
    """Return the provision that stands so many steps after a node, under the same heading; ``None`` for none."""
    parent = library.provision(node).parent
    if not steps or parent is None:
        return None
    siblings = [child.id for child in library.provision(parent).children if not child.is_leaf]
    place = siblings.index(node) + steps if node in siblings else -1
    return siblings[place] if 0 <= place < len(siblings) else None
