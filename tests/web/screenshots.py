"""Take the pictures of the page for the README: python -m tests.web.screenshots [folder].

They show the real assistant over the real index, which must have been built.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import prepare

prepare()

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from assistant.settings import load_settings  # noqa: E402
from assistant.web.serve import build  # noqa: E402
from tests import chromium  # noqa: E402
from tests.web.visiting import serve  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
DESKTOP, TABLET, PHONE = (1280, 860), (820, 1180), (390, 844)

ROOMS = "街道的孵化中心要有哪些房间？"
ROOMS_EN = "What rooms must a subdistrict incubator have?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture: where, how large, and what is done first."""

    name: str
    path: str = "/"
    size: tuple[int, int] = DESKTOP
    questions: tuple[str, ...] = ()
    opens: str = ""
    """What is clicked at the end."""
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
)


def take(site: str, folder: Path = FOLDER) -> Iterator[Path]:
    """Take every picture of the page at ``site``; yield each file."""
    folder.mkdir(parents=True, exist_ok=True)
    where = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=chromium.ARGUMENTS)
        for scene in SCENES:
            yield _picture(_opened(browser, site, scene), scene, folder)
        browser.close()


def _picture(page: Page, scene: Scene, folder: Path) -> Path:
    for number, question in enumerate(scene.questions):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.locator(".turn.reply:not(.draft):not(:has(.waiting))").nth(number).wait_for()
    if scene.opens:
        page.locator(scene.opens).first.click()
        page.locator(".reader-side mark").first.wait_for()
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
    page.wait_for_selector("#question textarea")
    return page


def main() -> None:
    """Take the pictures into the folder given, or into docs/screenshots."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for site in serve(lambda: build(load_settings())):
        for path in take(site, folder):
            print(path)


if __name__ == "__main__":
    main()
