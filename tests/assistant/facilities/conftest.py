"""The shipped documents, and what the room makes of them."""

from datetime import date

import pytest

from assistant.facilities.matrix import Matrix, build_matrix
from assistant.facilities.roster import Item, build_roster
from corpus.library import Library, load_library

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def matrix(library: Library) -> Matrix:
    return build_matrix(library)


@pytest.fixture(scope="session")
def roster(library: Library) -> tuple[Item, ...]:
    return build_roster(library)
