"""Visit the page as a person would: an address, a browser, and what is asked there."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field

import uvicorn
from playwright.sync_api import BrowserContext, Page
from starlette.types import ASGIApp

from assistant.answer import Update
from assistant.question import Question
from assistant.testing import ScriptedAssistant
from assistant.web.serve import configured, listen

ROOMS = "街道的孵化中心要有哪些房间？"
COMPARED = "市、区、街道三级机构的房间要求有什么不同？"
PARTLY = "我们想成立一支合唱队，要去哪里备案？"
AREA = "孵化中心的面积要多少平方米？"
UNCLEAR = "第二条怎么说？"
SLOW = "请慢慢说"
FAULTY = "请出错"
ENGLISH_ROOMS = "What rooms must a subdistrict incubator have?"

STREET = "应独立设置党建活动室、会议培训室、综合服务区、交流展示区等，并根据需要设立多功能的活动区(室)"
DISTRICT = (
    "应独立设置党建活动室、会议培训室、综合服务区、流动办公区、交流展示区等，并根据需要设立多功能的活动区(室)"
)
CITY = "应独立设置党建活动室、会议培训室、综合服务区、资源配置区、交流展示区等"
NOTE = "指引自2021年10月14日印发，标题写明“试行”。核对日期：2026年11月23日。"

TABLE = """三级机构都列有党建活动室、会议培训室、综合服务区、交流展示区。

| 房间 | 市级 | 区级 | 街道乡镇级 |
| --- | --- | --- | --- |
| 资源配置区 | ● 列出 | 未列出 | 未列出 |
| 流动办公区 | 未列出 | ● 列出 | 未列出 |"""


class FaultyAssistant(ScriptedAssistant):
    """Fails on one question, and takes its time over another."""

    async def astream(self, question: Question) -> AsyncIterator[Update]:
        """Yield the reply piece by piece, or fail."""
        if question.text == FAULTY:
            raise RuntimeError("a fault（示例）")
        self.pace = 0.15 if question.text == SLOW else 0.0
        async for update in super().astream(question):
            yield update


def serve(build: Callable[[], ASGIApp]) -> Iterator[str]:
    """Serve an application on a free port of this machine; yield its address."""
    listener = listen("127.0.0.1", 0)
    servers: list[uvicorn.Server] = []
    up = threading.Event()

    async def run() -> None:
        # Built where a loop runs: without one, Gradio makes loops that it never closes.
        server = uvicorn.Server(configured(build()))
        servers.append(server)
        up.set()
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    up.wait(60)
    limit = time.monotonic() + 30
    while not servers[0].started and time.monotonic() < limit:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    servers[0].should_exit = True
    thread.join(timeout=10)
    listener.close()


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


def visiting(context: BrowserContext, site: str) -> Iterator[Visit]:
    """Yield a new visitor in a window of its own; what the page is made of stays in the context's cache."""
    context.set_default_timeout(10_000)
    made = Visit(context.new_page(), site)
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    yield made
    made.page.close()
