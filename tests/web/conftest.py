"""What the tests of the page share: a page on a port, and a browser that notes every request."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.answer import Mode, Reply, Status
from assistant.question import Language
from assistant.testing import ScriptedAssistant, citing, quoting
from assistant.web.application import build_application
from assistant.web.desk import Desk
from corpus.library import Library, load_library
from tests import chromium

ROOMS = "街道的孵化中心要有哪些房间？"
COMPARED = "市、区、街道三级机构的房间要求有什么不同？"
PARTLY = "我们想成立一支合唱队，要去哪里备案？"
AREA = "孵化中心的面积要多少平方米？"
UNCLEAR = "第二条怎么说？"
SLOW = "请慢慢说"
FAULTY = "请出错"
ENGLISH_ROOMS = "What rooms must a subdistrict incubator have?"

STREET = "应独立设置党建活动室、会议培训室、综合服务区、交流展示区等，并根据需要设立多功能的活动区(室)"
DISTRICT = "应独立设置党建活动室、会议培训室、综合服务区、流动办公区、交流展示区等，并根据需要设立多功能的活动区(室)"
CITY = "应独立设置党建活动室、会议培训室、综合服务区、资源配置区、交流展示区等"
NOTE = "指引自2021年10月14日印发，标题写明“试行”。核对日期：2026年11月23日。"

_TABLE = """三级机构都列有党建活动室、会议培训室、综合服务区、交流展示区。

| 房间 | 市级 | 区级 | 街道乡镇级 |
| --- | --- | --- | --- |
| 资源配置区 | ● 列出 | 未列出 | 未列出 |
| 流动办公区 | 未列出 | ● 列出 | 未列出 |"""


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
    partly = quoting("文件没有写去哪里备案。\n\n方案写了要制定备案工作指引。", filed, status=Status.PARTIAL, notes=(NOTE,))
    return {
        ROOMS: quoting(f"街道、乡镇级的孵化中心{STREET}。", street, notes=(NOTE,)),
        COMPARED: quoting(_TABLE, city, district, street, notes=(NOTE,)),
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


class FaultyAssistant(ScriptedAssistant):
    """Fails on one question, and takes its time over another."""

    async def astream(self, question):  # type: ignore[no-untyped-def]
        if question.text == FAULTY:
            raise RuntimeError("a fault（示例）")
        self.pace = 0.25 if question.text == SLOW else 0.0
        async for update in super().astream(question):
            yield update


@pytest.fixture(scope="session")
def assistant(replies: dict[str, Reply]) -> FaultyAssistant:
    otherwise = Reply(
        status=Status.OUT_OF_SCOPE, mode=Mode.NONE, language=Language.CHINESE, answer="这个问题不在这几份文件的范围内。"
    )
    return FaultyAssistant(replies, otherwise=otherwise)


def serve(app: object) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))  # type: ignore[arg-type]
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    limit = time.monotonic() + 30
    while not server.started and time.monotonic() < limit:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


@pytest.fixture(scope="session")
def site(library: Library, assistant: FaultyAssistant) -> Iterator[str]:
    """The address of a page over the scripted assistant."""
    yield from serve(build_application(Desk(library, lambda: assistant)))


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=chromium.ARGUMENTS)
        yield opened
        opened.close()


@dataclass
class Visit:
    """One visitor's page, with everything that it asked of the network or complained of."""

    page: Page
    site: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open the page and wait until questions can be typed."""
        self.page.goto(self.site + path)
        self.page.wait_for_selector("#question textarea")
        return self.page

    def ask(self, question: str) -> None:
        """Type a question, send it, and wait for the whole answer."""
        page = self.page
        done = page.locator(".turn.reply:not(.draft):not(:has(.waiting))").count()
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.locator(".turn.reply:not(.draft):not(:has(.waiting))").nth(done).wait_for()

    @property
    def strayed(self) -> list[str]:
        """Requests that went anywhere but to the page's own address."""
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A new visitor on a desktop screen."""
    yield from _visit(browser.new_context(viewport={"width": 1280, "height": 860}), site)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visit]:
    """A new visitor on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield from _visit(context, site)


def _visit(context: BrowserContext, site: str) -> Iterator[Visit]:
    context.set_default_timeout(10_000)
    made = Visit(context.new_page(), site)
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    yield made
    context.close()
