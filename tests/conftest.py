"""What the tests of every room share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.settings import prepare
from tests import chromium

prepare()
settings.register_profile("unhurried", deadline=None)  # no test here is about time
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """A Chromium that starts. Without one the browser tests skip, and with CI=true they fail.

    Give it to Playwright as `executable_path`, with `tests.chromium.ARGUMENTS` as `args`.
    """
    path = chromium.find()
    if path is None:
        message = "No Chromium that starts was found: ./run test installs one, or set CHROMIUM to its path."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of extra texts beside the project; what needs it skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("The folder of extra texts (../shared) is not here.")
    return folder
