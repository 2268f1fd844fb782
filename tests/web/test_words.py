"""Words stay words: escaping, reading an answer's light markup, and the letter."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Reply
from assistant.testing import citing
from assistant.web.blocks import Grid, Heading, Listing, Paragraph, Quoted, read_blocks
from assistant.web.letter import letter
from assistant.web.markup import lines, words
from assistant.web.reply import ReplySetter, asked_html
from assistant.web.strings import CHINESE, ENGLISH, Strings, strings_for
from corpus.library import Library
from tests.web.visiting import AREA, COMPARED, PARTLY, ROOMS, STREET


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_escaped_words_hold_nothing_that_html_or_markdown_reads(text: str) -> None:
    escaped = words(text)
    rest = escaped.replace("&#", "").replace(";", "")
    assert not set(rest) & set("<>\"'`*_[](){}!|~$\\&\n\r")
    kept = "".join(one for one in text if one >= " " and not 0xD800 <= ord(one) <= 0xDFFF)
    shown = unescape(escaped)
    assert shown.replace(" ", "") == "".join(one for one in kept if one not in "\x85\u2028\u2029").replace(
        " ", ""
    )


@given(st.text())
def test_a_question_is_one_line_of_html_with_only_our_own_tags(text: str) -> None:
    html = asked_html(text, CHINESE)
    assert "\n" not in html
    tags = _Tags()
    tags.feed(html)
    assert set(tags.names) <= {"div", "span", "p", "br"}


def test_line_breaks_of_every_kind_are_kept() -> None:
    assert lines("一\r\n二\n三") == "一<br>二<br>三"


@given(st.text(alphabet="字。\n|->—1. *#", max_size=60))
def test_any_answer_is_read_without_losing_its_words(answer: str) -> None:
    read = read_blocks(answer)
    held = "".join(
        "".join(block.lines if isinstance(block, Paragraph | Quoted) else getattr(block, "items", ()))
        for block in read
        if not isinstance(block, Grid)
    )
    assert held.count("字") <= answer.count("字")
    if not any(isinstance(block, Grid) for block in read):
        head = "".join(block.head for block in read if isinstance(block, Listing))
        label = "".join(block.label for block in read if isinstance(block, Quoted))
        heading = "".join(block.line for block in read if isinstance(block, Heading))
        assert (held + head + heading + label).count("字") == answer.count("字")


def test_an_answer_is_read_into_paragraph_list_table_and_quotation() -> None:
    answer = (
        "第一句。\n\n要有：\n- 甲\n- 乙\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n> 原文\n> ——《规定》第一条"
    )
    assert read_blocks(answer) == (
        Paragraph(("第一句。",)),
        Listing(("甲", "乙"), False, "要有："),
        Grid(("a", "b"), (("1", "2"),)),
        Quoted(("原文",), "《规定》第一条"),
    )


def test_a_heading_stands_over_what_follows_it_without_its_marks(
    library: Library, replies: dict[str, Reply]
) -> None:
    answer = "提纲：\n\n### 品牌工程\n第一句。\n\n### Point\n- 甲"
    assert read_blocks(answer) == (
        Paragraph(("提纲：",)),
        Heading("品牌工程"),
        Paragraph(("第一句。",)),
        Heading("Point"),
        Listing(("甲",), False, ""),
    )
    kind = replies[ROOMS]
    html = ReplySetter(library, CHINESE).html(replace(kind, answer=f"{answer}\n\n{kind.answer}"))
    assert "<h3>品牌工程</h3>" in html
    assert "###" not in html


def test_quotations_of_one_provision_stand_together_and_each_leads_to_its_own_place(
    library: Library, replies: dict[str, Reply]
) -> None:
    first = citing(library, "plan/2/2#2", "加大人才培训力度")
    second = citing(library, "plan/2/2#3", "将社会组织党的建设、规范化建设、能力建设、项目运作等纳入培训内容")
    answer = f"要培训。\n\n> {first.quote}\n> {second.quote}\n> ——{first.label}"
    kind = replies[ROOMS]
    reply = Reply(
        status=kind.status, mode=kind.mode, language=kind.language, answer=answer, citations=(first, second)
    )
    html = ReplySetter(library, CHINESE).html(reply)
    for cited in (first, second):
        assert words(f"q={cited.start}-{cited.end}") in html.replace(words("&"), "")
    assert html.count('class="chip"') == 1
    assert html.count('class="quoted"') == 2
    assert letter(reply, library, CHINESE).count("\n1. ") == 1


@pytest.mark.parametrize("question", [ROOMS, COMPARED, PARTLY, AREA])
def test_a_reply_is_one_line_of_html_so_that_markdown_never_reads_it(
    library: Library, replies: dict[str, Reply], question: str
) -> None:
    html = ReplySetter(library, CHINESE).html(replies[question])
    assert "\n" not in html
    assert "onerror" not in html
    assert "[1]" not in html


def test_a_label_inside_a_sentence_becomes_a_chip(library: Library, replies: dict[str, Reply]) -> None:
    cited = replies[ROOMS].citations[0]
    reply = Reply(
        status=replies[ROOMS].status,
        mode=replies[ROOMS].mode,
        language=replies[ROOMS].language,
        answer=f"要有活动室（{cited.label}）。",
        citations=(cited,),
    )
    html = ReplySetter(library, CHINESE).html(reply)
    said = html.split('<p class="lead">')[1].split("</p>")[0]
    tags = _Tags()
    tags.feed(said)
    assert tags.text.startswith("要有活动室指引·第四条")
    assert tags.text.endswith("。")
    assert "（" not in said.split("tip")[0]


def test_a_letter_quotes_in_full_and_carries_the_label_at_its_head(
    library: Library, replies: dict[str, Reply]
) -> None:
    text = letter(replies[ROOMS], library, CHINESE)
    assert text.splitlines()[0] == CHINESE.copy_head
    assert "《北京市社会组织培育孵化机构建设运营工作指引(试行)》（京社委社组发〔2021〕56号）第四条" in text
    assert text.count(STREET) == 2
    assert "> " not in text
    compared = letter(replies[COMPARED], library, CHINESE)
    assert "资源配置区\t● 列出\t未列出\t未列出" in compared


@pytest.mark.parametrize("strings", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_string_is_there_and_has_the_same_braces_in_both_languages(strings: Strings) -> None:
    import string

    for name in Strings.__dataclass_fields__:
        mine, other = getattr(strings, name), getattr(ENGLISH if strings is CHINESE else CHINESE, name)
        assert type(mine) is type(other), name
        if isinstance(mine, str) and name != "between_titles":
            assert mine.strip(), name
            braces = [
                sorted(field for _, field, _, _ in string.Formatter().parse(text) if field)
                for text in (mine, other)
            ]
            assert braces[0] == braces[1], name


def test_no_string_is_kept_that_the_page_does_not_say() -> None:
    home = Path(strings_for.__code__.co_filename).parent.parent
    said = "".join(
        path.read_text(encoding="utf-8") for path in home.rglob("*") if path.suffix in {".py", ".js", ".html"}
    )
    for name in Strings.__dataclass_fields__:
        assert re.search(rf"strings\.{name}\b|CHINESE\.{name}\b|one\.{name}\b|\"{name}\"|\${name}\b", said), (
            name
        )


@pytest.mark.parametrize(
    ("tag", "strings"),
    [("en", ENGLISH), ("en-GB", ENGLISH), ("EN", ENGLISH), ("zh", CHINESE), ("fr", CHINESE), (None, CHINESE)],
)
def test_the_page_is_chinese_unless_english_is_asked_for(tag: str | None, strings: Strings) -> None:
    assert strings_for(tag) is strings
