"""Take the pictures of the page for the README: python -m tests.web.screenshots [folder].

They show the real assistant over the real index, which must have been built. What the staff page shows was asked and
said on the page a moment before, into a file of its own.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.settings import prepare

prepare()

import httpx  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from pydantic import SecretStr  # noqa: E402

from assistant.settings import load_settings  # noqa: E402
from assistant.web.serve import build  # noqa: E402
from tests import chromium  # noqa: E402
from tests.web.visiting import serve  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
DESKTOP, TABLET, PHONE = (1280, 860), (820, 1180), (390, 844)

ROOMS = "街道的孵化中心要有哪些房间？"
ROOMS_EN = "What rooms must a subdistrict incubator have?"
TIERS = ".tiers table"
CHOICES = "[data-course-choices]"


PASSWORD = "for the pictures only"
UNANSWERED = (
    "孵化中心的面积要多少平方米？",
    "孵化中心要多大面积？",
    "孵化中心需要多大的面积",
    "街道的孵化中心电话是多少？",
    "我们想成立一支合唱队，要去哪里备案？",
    "今天天气怎么样？",
)


def judge(page: Page) -> None:
    """Open the form that asks what was wrong, and fill it in."""
    page.locator(".useless").last.click()
    page.locator(".verdict-form [value=incomplete]").check()
    page.fill(".verdict-form textarea", "还想知道每间屋子要多大")


def search(page: Page) -> None:
    """Look for words in the original beside the chat, and go to the third."""
    page.locator(".original .current").wait_for()
    page.fill("input[name=find]", "培训")
    page.press("input[name=find]", "Enter")
    for _ in range(2):
        page.locator(".found .after").click()
        page.wait_for_timeout(300)


def check_facilities(page: Page) -> None:
    """Tick two rooms of a subdistrict's centre."""
    page.get_by_role("tab", name="设施自查").click()
    for room in ("党建活动室", "会议培训室"):
        page.get_by_label(room).check()
    page.get_by_text("还缺 2 处应独立设置的").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def list_duties(page: Page) -> None:
    """List what falls on the districts."""
    page.get_by_role("tab", name="职责清单").click()
    page.get_by_label("区级（27）").check()
    page.get_by_text("区级共 27 项").first.wait_for()


def make_course(page: Page) -> None:
    """Make the usual course."""
    page.locator("[data-course-choices] [type=submit]").click()
    page.locator("[data-course-head]").wait_for()
    page.wait_for_timeout(900)


def go_through_course(page: Page) -> None:
    """Make the usual course, put one's own words into a line and strike out another."""
    make_course(page)
    line = page.locator('[data-course-item="point:plan-1-urban"]')
    line.locator("[data-course-edit]").click()
    line.locator("textarea").fill("请大家算一算：自己的社区现在有几支队伍？")
    line.locator("[data-course-accept]").click()
    line.locator(".own").wait_for()
    page.locator('[data-course-item="point:plan-1-incubators"] [data-course-keep]').uncheck()
    page.locator(".course-session").first.scroll_into_view_if_needed()
    page.locator(".course-session").first.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 90)")


def walk_the_path(page: Page) -> None:
    """Answer the residents' four questions."""
    for number, option in enumerate((0, 1, 1, 0)):
        page.locator("#room-residents fieldset").nth(number).locator("input").nth(option).check()
    page.locator("#path .path").wait_for()
    page.evaluate("scrollTo(0, 0)")


def come_in(page: Page) -> None:
    """Give the password of the staff page."""
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#opinions").wait_for()
    page.locator(".groups details:not(.forget) summary").first.click()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture: where, how large, and what is done first."""

    name: str
    path: str = "/"
    size: tuple[int, int] = DESKTOP
    questions: tuple[str, ...] = ()
    opens: str = ""
    """What is clicked at the end."""
    does: Callable[[Page], None] | None = None
    """What else is done at the end."""
    waits: str = "#question textarea"
    """What is there when the page has opened."""
    dark: bool = False


SCENES = (
    Scene(name="first-screen"),
    Scene(name="answered", questions=(ROOMS,), opens=".quote a.chip"),
    Scene(name="compared", questions=("市、区、街道三级机构的房间要求有什么不同？",)),
    Scene(name="partly", questions=("我们想成立一支合唱队，要去哪里备案？",)),
    Scene(name="not-in-text", questions=("孵化中心的面积要多少平方米？",)),
    Scene(name="english", path="/en/", questions=(ROOMS_EN,), opens=".quote a.chip"),
    Scene(name="dark", questions=(ROOMS,), opens=".quote a.chip", dark=True),
    Scene(name="large-text", path="/?size=large", questions=(ROOMS,), opens=".quote a.chip"),
    Scene(name="high-contrast", path="/?contrast=high", questions=(ROOMS,), opens=".quote a.chip"),
    Scene(name="tablet", size=TABLET, questions=(ROOMS,), opens=".quote a.chip"),
    Scene(name="phone-first-screen", size=PHONE),
    Scene(name="phone-answered", size=PHONE, questions=(ROOMS,)),
    Scene(name="phone-original", size=PHONE, questions=(ROOMS,), opens=".quote a.chip"),
    Scene(name="phone-english", path="/en/", size=PHONE, questions=(ROOMS_EN,)),
    Scene(name="reader-search", path="/?p=plan/2/2", does=search),
    Scene(name="reader-page", path="/read/guide?p=guide/4", waits=".original"),
    Scene(name="phone-reader-search", path="/read/plan?find=培训&hit=3", size=PHONE, waits=".original"),
    Scene(name="facilities", path="/?room=facilities", waits=TIERS),
    Scene(name="facilities-check", path="/?room=facilities", waits=TIERS, does=check_facilities),
    Scene(name="facilities-duties", path="/?room=facilities", waits=TIERS, does=list_duties),
    Scene(name="facilities-dark", path="/?room=facilities", waits=TIERS, dark=True),
    Scene(name="facilities-english", path="/en/?room=facilities", waits=TIERS),
    Scene(name="phone-facilities", path="/?room=facilities", size=PHONE, waits=TIERS),
    Scene(
        name="phone-facilities-check",
        path="/?room=facilities",
        size=PHONE,
        waits=TIERS,
        does=check_facilities,
    ),
    Scene(name="course-choices", path="/?room=course", waits=CHOICES),
    Scene(name="course", path="/?room=course", waits=CHOICES, does=make_course),
    Scene(name="course-lines", path="/?room=course", waits=CHOICES, does=go_through_course),
    Scene(name="course-dark", path="/?room=course", waits=CHOICES, does=go_through_course, dark=True),
    Scene(name="course-english", path="/en/?room=course", waits=CHOICES, does=make_course),
    Scene(name="phone-course", path="/?room=course", size=PHONE, waits=CHOICES, does=go_through_course),
    Scene(name="residents", path="/?room=residents", waits="#path .lead", does=walk_the_path),
    Scene(
        name="phone-residents", path="/?room=residents", size=PHONE, waits="#path .lead", does=walk_the_path
    ),
    Scene(name="feedback", questions=(ROOMS,), does=judge),
    Scene(name="phone-feedback", size=PHONE, questions=(ROOMS,), does=judge),
)
STAFF_SCENES = (
    Scene(name="staff", path="/staff", waits="#password", does=come_in),
    Scene(name="phone-staff", path="/staff", size=PHONE, waits="#password", does=come_in),
)


def take(site: str, scenes: Sequence[Scene] = SCENES, folder: Path = FOLDER) -> Iterator[Path]:
    """Take the pictures of the page at ``site``; yield each file."""
    folder.mkdir(parents=True, exist_ok=True)
    where = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=chromium.ARGUMENTS)
        if scenes is STAFF_SCENES:
            _use(browser, site)
        for scene in scenes:
            yield _picture(_opened(browser, site, scene), scene, folder)
        browser.close()


def _use(browser: Browser, site: str) -> None:
    """Ask what cannot be answered, and say of two answers what one thinks of them."""
    for number, question in enumerate(UNANSWERED):
        for _ in range(3 - number // 2):
            httpx.post(f"{site}/api/ask", json={"question": question}, trust_env=False).raise_for_status()
    page = _opened(browser, site, Scene(name="judging"))
    for number, question in enumerate((UNANSWERED[4], ROOMS)):
        _ask(page, number, question)
    page.locator(".useful").last.click()
    page.locator(".verdict.given").wait_for()
    judge(page)
    page.locator(".verdict-form [type=submit]").click()
    page.locator(".verdict.given").nth(1).wait_for()
    page.context.close()


def _ask(page: Page, number: int, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator(".turn.reply:not(.draft):not(:has(.waiting))").nth(number).wait_for()


def _picture(page: Page, scene: Scene, folder: Path) -> Path:
    for number, question in enumerate(scene.questions):
        _ask(page, number, question)
    if scene.opens:
        page.locator(scene.opens).first.click()
        page.locator(".reader-side mark").first.wait_for()
    if scene.does:
        scene.does(page)
    page.mouse.move(2, 2)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(900)
    path = folder / f"{scene.name}.png"
    page.screenshot(path=path)
    # A page of text needs few colours; this makes a third of it.
    Image.open(path).convert("RGB").quantize(192, dither=Image.Dither.NONE).save(path, optimize=True)
    page.context.close()
    return path


def _opened(browser: Browser, site: str, scene: Scene) -> Page:
    width, height = scene.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scene.dark else "light",
        is_mobile=width < 600,
        has_touch=width < 600,
    )
    page = context.new_page()
    page.goto(site + scene.path)
    page.wait_for_selector(scene.waits)
    return page


def main() -> None:
    """Take the pictures into the folder given, or into docs/screenshots."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with tempfile.TemporaryDirectory() as kept:
        plain = load_settings().model_copy(
            update={"feedback": Path(kept) / "feedback.sqlite", "staff_password": SecretStr(PASSWORD)}
        )
        keeping = plain.model_copy(update={"keep_unanswered": True})
        for settings, scenes in ((plain, SCENES), (keeping, STAFF_SCENES)):
            for site in serve(partial(build, settings)):
                for path in take(site, scenes, folder):
                    print(path)


if __name__ == "__main__":
    main()
