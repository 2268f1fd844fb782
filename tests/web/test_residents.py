"""The residents' path in a browser: walked by keyboard, traced line by line, on a desktop and on a phone."""

import itertools
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistant import phrases
from assistant.answer import Mode, Status
from assistant.draft import Draft, point_of
from assistant.guidance import points_of
from assistant.pathway import Pathway, read_pathway
from assistant.phrases import Line
from assistant.question import Language
from assistant.render import render
from assistant.web.reply import ReplySetter
from assistant.web.residents import PathSetter
from assistant.web.strings import CHINESE, ENGLISH, LANGUAGES, Strings
from corpus.library import Library
from corpus.validity import notes_on
from tests.web.test_access import findings
from tests.web.visiting import Visit

SLUG = "registration-notes"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def pathway(library: Library) -> Pathway:
    found = read_pathway(library)
    assert found is not None
    return found


class _Texts(HTMLParser):
    """Collects every piece of text with the classes that it stands in, and every link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag not in ("br",):
            self.open.append((tag, given.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((tuple(f"{tag}.{name}" for tag, name in self.open), data.strip()))


def combinations(pathway: Pathway) -> Iterator[tuple[str, ...]]:
    yield from itertools.product(*([option.id for option in asked.options] for asked in pathway.questions))


def known_texts(library: Library, pathway: Pathway, strings: Strings) -> set[str]:
    """Return all that may stand on the page: sentences of the notes, facts, remarks on validity, and the room's words."""
    own = strings.residents

    def words(zh: str, en: str) -> str:
        return Line(zh, en).in_language(strings.language)

    known = {*own.headings.values(), own.whose, own.unknown_note, own.official_note, own.copy, own.print_page}
    known |= {own.leads_to.format(route=words(route.title.zh, route.title.en)) for route in pathway.routes}
    known |= {words(fact.say, fact.say_en) for fact in library.facts}
    for leaf in library.document(SLUG).leaves:
        known.add(words(library.quote_of(leaf.id).text, library.translation(leaf.id) or ""))
    for document in library.documents:
        known |= {words(note.zh, note.en) for note in notes_on(document.front, today=TODAY)}
    return known


@pytest.mark.parametrize("strings", LANGUAGES, ids=["zh", "en"])
def test_every_statement_on_every_route_is_traced_to_a_provision(
    library: Library, pathway: Pathway, strings: Strings
) -> None:
    known = known_texts(library, pathway, strings)
    setter = PathSetter(library, strings, pathway, today=TODAY)
    # What is said only under a heading inside a part names no fact: the path's own file has it.
    headings = {
        part.heading.in_language(strings.language)
        for chosen in combinations(pathway)
        for part in pathway.lead(
            {asked.id: option for asked, option in zip(pathway.questions, chosen, strict=True)}
        ).parts
        if part.heading
    }
    traced = 0
    for chosen in combinations(pathway):
        page = _Texts()
        page.feed(setter.result(*chosen))
        for within, text in page.texts:
            if within[-1] in ("pre.plain", "span.tip zh", "a.chip"):
                continue
            if any(one.startswith(("span.rests-on", "ul.standing-notes")) for one in within):
                continue  # read as whole lines: here below, and in the next test
            assert text in known or text in headings, text
            traced += within[-1] == "span.said"
        assert traced
        for listed in re.findall(r'<ul class="standing-notes">(.*?)</ul>', setter.result(*chosen)):
            for line in re.findall(r"<li>(.*?)</li>", listed):
                whole = unescape(re.sub(r'<a href="([^"]*)"[^>]*>.*?</a>', r"\1", line))
                assert whole in known, whole
        for href in page.links:
            if href.startswith("/read/"):
                query = parse_qs(urlsplit(href).query)
                start, _, end = query["q"][0].partition("-")
                document = library.document_of(query["p"][0])
                assert document.text[int(start) : int(end)].strip()
    assert traced > 1000


@pytest.mark.parametrize("strings", LANGUAGES, ids=["zh", "en"])
def test_under_every_sentence_of_the_notes_stands_its_source_with_date_and_certainty(
    library: Library, pathway: Pathway, strings: Strings
) -> None:
    known = known_texts(library, pathway, strings)
    setter = PathSetter(library, strings, pathway, today=TODAY)
    english = strings.language is Language.ENGLISH
    shape = re.compile(
        r"Rests on: .* Checked on: .*\. Certainty: .*\." if english else r"依据：.*；核对日期：.*；把握：.*。"
    )
    for chosen in combinations(pathway):
        html = setter.result(*chosen)
        for block in re.findall(r'<span class="rests-on">(.*?)</span></(?:li|p)>', html):
            page = _Texts()
            page.feed(block)
            under = " ".join(
                text for within, text in page.texts if not any(one.startswith("a.chip") for one in within)
            )
            official = f"/read/{SLUG}" not in page.links[0]
            assert bool(under) != official
            plain = re.sub(r"\s", "", under)
            assert official or (shape.fullmatch(under) or shape.fullmatch(plain))
            assert official or plain in {re.sub(r"\s", "", text) for text in known}


def test_the_plain_text_names_every_source_and_says_whose_words_they_are(
    library: Library, pathway: Pathway
) -> None:
    setter = PathSetter(library, CHINESE, pathway, today=TODAY)
    for chosen in combinations(pathway):
        answers = {asked.id: option for asked, option in zip(pathway.questions, chosen, strict=True)}
        text = setter.plain(pathway.lead(answers))
        assert text.startswith(CHINESE.copy_head)
        assert CHINESE.residents.whose in text
        for line in text.splitlines():
            if line.startswith("· "):
                assert re.search(r"（《.*》.*）$", line), line


# In a browser


def enter(visit: Visit, path: str = "/?room=residents") -> Page:
    """Open the room and wait until its questions can be answered."""
    visit.page.goto(visit.site + path)
    visit.page.locator("body.ready #room-residents fieldset[aria-label]").first.wait_for()
    return visit.page


def walk_by_keyboard(page: Page, downs: tuple[int, ...]) -> None:
    """Answer the four questions with the keyboard alone: Space takes the first choice, arrows go on from it."""
    page.locator(".rooms a[data-room=residents]").focus()
    radios = page.locator("#room-residents input[type=radio]")
    for number, down in enumerate(downs):
        group = page.locator("#room-residents fieldset").nth(number)
        for _ in range(40):
            page.keyboard.press("Tab")
            if group.evaluate("group => group.contains(document.activeElement)"):
                break
        choices = group.locator("input[type=radio]")
        page.keyboard.press("Space")
        expect(choices.first).to_be_checked()
        for step in range(1, down + 1):
            page.keyboard.press("ArrowDown")
            expect(choices.nth(step)).to_be_checked()
    assert radios.count() == 12


def choose(page: Page, *chosen: int) -> None:
    for number, option in enumerate(chosen):
        page.locator("#room-residents fieldset").nth(number).locator("input").nth(option).check()
    page.locator("#path .path").wait_for()


@pytest.mark.browser
def test_the_path_is_walked_by_keyboard_and_leads_to_the_original(visit: Visit, library: Library) -> None:
    page = enter(visit)
    expect(page.locator("#path .lead")).to_contain_text("还要回答")
    walk_by_keyboard(page, (0, 1, 1, 1))
    expect(page.locator("#path .lead")).to_contain_text("向街道办事处（乡镇政府）备案")
    expect(page.locator("[data-announcer]")).to_contain_text("看起来该走这条路")
    headings = page.locator("#path h3").all_inner_texts()
    assert headings == list(CHINESE.residents.headings.values())
    chip = page.locator("#path .unknown .chip").first
    said = page.locator("#path .unknown .said").first.inner_text()
    for _ in range(80):
        page.keyboard.press("Tab")
        if chip.evaluate("chip => chip === document.activeElement"):
            break
    page.keyboard.press("Enter")
    mark = page.locator(".reader-side mark")
    expect(mark).to_have_text(said)
    expect(page.locator(".reader-side .standing")).to_contain_text("编者整理，非官方原文")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
    official = page.locator("#path .official .chip").first
    official.click()
    expect(page.locator(".reader-side mark")).to_contain_text("备案工作指引")
    assert visit.strayed == []
    assert visit.errors == []


@pytest.mark.browser
def test_an_answer_can_be_changed_and_all_can_be_chosen_again(visit: Visit) -> None:
    page = enter(visit)
    choose(page, 0, 0, 0, 0)
    expect(page.locator("#path .lead")).to_contain_text("由社区指导")
    page.locator("#room-residents fieldset").nth(2).locator("input").nth(2).check()
    expect(page.locator("#path .lead")).to_contain_text("到区民政局登记")
    page.locator("#room-residents fieldset").nth(0).locator("input").nth(3).check()
    expect(page.locator("#path .lead")).to_contain_text("到市民政局登记为基金会")
    page.get_by_role("button", name=CHINESE.residents.again).click()
    expect(page.locator("#path .lead")).to_contain_text("还要回答")
    expect(page.locator("#room-residents input:checked")).to_have_count(0)


@pytest.mark.browser
def test_a_route_is_copied_and_printed_alone(visit: Visit) -> None:
    page = enter(visit)
    choose(page, 2, 0, 2, 0)
    page.evaluate(
        "() => { document.execCommand = () => { window.taken = document.activeElement.value; return true; }; }"
    )
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('none'); }; }")
    page.get_by_role("button", name=CHINESE.residents.copy).click()
    taken = page.evaluate("window.taken")
    assert taken.startswith(CHINESE.copy_head)
    assert "2026年3月已有修改决定" in taken
    assert "《社区队伍登记与备案说明（编者整理，非官方原文）》三、（三）" in taken
    page.evaluate(
        "() => { window.print = () => { window.printed = document.documentElement.dataset.print; }; }"
    )
    page.get_by_role("button", name=CHINESE.residents.print_page).click()
    assert page.evaluate("window.printed") == "room"
    page.evaluate("document.documentElement.dataset.print = 'room'")
    page.emulate_media(media="print")
    expect(page.locator("#path h3").first).to_be_visible()
    for hidden in (".reader-side", ".masthead", "#path .acts", ".again-path"):
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("strings", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_axe_finds_nothing_serious_on_the_path(visit: Visit, strings: Strings, theme: str) -> None:
    page = enter(visit, f"{strings.path}?room=residents&theme={theme}")
    expect(page.locator("#path .lead")).to_be_visible()
    assert findings(page) == []
    choose(page, 2, 2, 2, 1)
    assert findings(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("strings", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_on_a_phone_nothing_runs_off_the_side(phone: Visit, strings: Strings) -> None:
    page = enter(phone, f"{strings.path}?room=residents&size=large")
    choose(page, 1, 1, 1, 1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
    for target in page.locator("#room-residents :is(label, button, .chip):visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= 390


@pytest.mark.browser
def test_the_note_is_read_like_any_document_and_says_whose_it_is(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.site}/read/{SLUG}?p={SLUG}/2/2&both=1")
    expect(page.locator(".original .current")).to_contain_text("备案最少要几个人")
    expect(page.locator(".original .current .translation")).to_contain_text("How many people filing needs")
    expect(page.locator(".standing")).to_contain_text("编者整理，非官方原文")
    assert findings(page) == []


# In an answer


@pytest.mark.parametrize("language", [Language.CHINESE, Language.TRADITIONAL, Language.ENGLISH])
@pytest.mark.parametrize("stated", [True, False], ids=["stated", "silent"])
def test_an_answer_keeps_the_notes_apart_from_what_the_documents_state(
    library: Library, language: Language, stated: bool
) -> None:
    draft = Draft(
        status=Status.PARTIAL,
        mode=Mode.QUOTE,
        lead=phrases.PARTLY.filled(missing=("人数", "the number")),
        points=(point_of(library.fact("plan-2-5-filing-guide"), library),) if stated else (),
        nearest=() if stated else ("plan/2/5",),
        editorial=points_of(f"{SLUG}/2/2", library),
    )
    reply = render(draft, library, language=language)
    strings = ENGLISH if language is Language.ENGLISH else CHINESE
    html = ReplySetter(library, strings).html(reply)
    sections = re.findall(r'<section class="(\w+)">(.*?)</section>', html)
    assert [name for name, _ in sections] == (["written"] if stated else []) + ["unwritten", "editorial"]
    held = dict(sections)
    assert strings.not_official.split(";")[0] in unescape(held["editorial"])
    assert "<blockquote" not in held["editorial"]
    assert f"/read/{SLUG}" in unescape(held["editorial"])
    for name in ("written", "unwritten"):
        assert f"/read/{SLUG}" not in unescape(held.get(name, ""))
    if stated:
        assert "<blockquote" in held["written"]
    else:
        assert "/read/plan" in unescape(held["unwritten"])
