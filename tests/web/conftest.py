"""What the tests of the page share: a page on a port, and a browser that notes every request."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from assistant.answer import Mode, Reply, Status
from assistant.question import Language
from assistant.testing import citing, quoting
from assistant.web.application import build_application
from assistant.web.desk import Desk
from corpus.library import Library, load_library
from tests import chromium
from tests.web.visiting import (
    AREA,
    CITY,
    COMPARED,
    DISTRICT,
    ENGLISH_ROOMS,
    NOTE,
    PARTLY,
    ROOMS,
    SLOW,
    STREET,
    TABLE,
    UNCLEAR,
    FaultyAssistant,
    Visit,
    serve,
    visiting,
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gradio uses pandas in ways that pandas has deprecated; nothing here can change that."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"))


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def replies(library: Library) -> dict[str, Reply]:
    """Replies made of the real texts, one for each state that the page must show."""
    street, district, city = (
        citing(library, f"guide/{number}#1", said) for number, said in ((4, STREET), (3, DISTRICT), (2, CITY))
    )
    filed = citing(library, "plan/2/5#1", "研究制定《北京市社区社会组织备案工作指引(试行)》")
    partly = quoting(
        "文件没有写去哪里备案。\n\n方案写了要制定备案工作指引。", filed, status=Status.PARTIAL, notes=(NOTE,)
    )
    return {
        ROOMS: quoting(f"街道、乡镇级的孵化中心{STREET}。", street, notes=(NOTE,)),
        COMPARED: quoting(TABLE, city, district, street, notes=(NOTE,)),
        PARTLY: partly,
        AREA: Reply(
            status=Status.NOT_IN_CORPUS,
            mode=Mode.NONE,
            language=Language.CHINESE,
            answer=f"这几份文件没有写面积。\n\n最接近的条文：\n- {street.label}",
            nearest=(street,),
            next_step="可以问所在社区居委会或街道办事处。",
        ),
        UNCLEAR: Reply(
            status=Status.NEEDS_CLARIFICATION,
            mode=Mode.NONE,
            language=Language.CHINESE,
            answer=f"“第二条”可能指下面几处，请说明是哪一处：\n\n- {city.label}",
            nearest=(city,),
        ),
        SLOW: quoting("第一句。第二句。第三句。第四句。第五句。第六句。第七句。第八句。第九句。", street),
        ENGLISH_ROOMS: quoting("They must set up these rooms separately.", street, language=Language.ENGLISH),
    }


@pytest.fixture(scope="session")
def assistant(replies: dict[str, Reply]) -> FaultyAssistant:
    otherwise = Reply(
        status=Status.OUT_OF_SCOPE,
        mode=Mode.NONE,
        language=Language.CHINESE,
        answer="这个问题不在这几份文件的范围内。",
    )
    return FaultyAssistant(replies, otherwise=otherwise)


@pytest.fixture(scope="session")
def site(library: Library, assistant: FaultyAssistant) -> Iterator[str]:
    """The address of a page over the scripted assistant."""
    yield from serve(lambda: build_application(Desk(library, lambda: assistant)))


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A browser for one module: while it is open, no other test could run a loop of its own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=chromium.ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    yield context
    context.close()


@pytest.fixture(scope="module")
def small_screen(browser: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def visit(desktop: BrowserContext, site: str) -> Iterator[Visit]:
    """A new visitor on a desktop screen."""
    yield from visiting(desktop, site)


@pytest.fixture
def phone(small_screen: BrowserContext, site: str) -> Iterator[Visit]:
    """A new visitor on a phone."""
    yield from visiting(small_screen, site)
