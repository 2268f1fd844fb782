"""The corpus is opened whole, or the file at fault is named with the remedy."""

import time
from datetime import date

import pytest

from corpus.frontmatter import DocumentUnreadable
from corpus.library import CorpusEmpty, Library, UnknownProvision, load_library
from corpus.rules import RulesError

FRONT = "---\ntitle: 议事办法（示例）\n---\n"
TEXT = "议事办法（示例）\n第一条　街道应设会议室、活动室等。\n第二条　本办法自公布之日起施行。"
FACT = """
[[fact]]
id = "rules-1-rooms"
provision = "rules/article/1#1"
words = "街道应设会议室、活动室等"
say = "街道应设会议室、活动室等。"
about = "rooms"
tier = ["street"]
kind = "list"
modality = "must"
items = ["会议室", "活动室"]
open_list = true
"""
QUESTION = (
    '{"question": "街道要有哪些房间？", "facts": ["rules-1-rooms"], "provisions": ["rules/article/1"]}\n'
)


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "rules"
    home.mkdir()
    (home / "text.md").write_text(FRONT + TEXT, encoding="utf-8")
    return tmp_path


def write(folder, name: str, content: str | bytes) -> None:
    data = content.encode("utf-8") if isinstance(content, str) else content
    (folder / "rules" / name).write_bytes(data)


def test_a_text_with_front_matter_is_part_of_the_corpus(folder):
    library = load_library(folder)
    assert [document.slug for document in library.documents] == ["rules"]
    assert library.quote_of("rules/article/1").text == "第一条　街道应设会议室、活动室等。"
    assert library.text_of("rules/article/1#1").endswith("等。\n")
    assert library.document_of("rules/article/1#1").front.title == "议事办法（示例）"
    assert library.facts == library.questions == ()
    assert library.translation("rules/article/1") is None


def test_documents_come_in_their_order_and_then_by_name(folder):
    for slug, order in (("b", 2), ("a", 2), ("z", 1)):
        (folder / slug).mkdir()
        (folder / slug / "text.md").write_text(
            f"---\ntitle: 甲（示例）\norder: {order}\n---\n第一条　乙。", encoding="utf-8"
        )
    assert [document.slug for document in load_library(folder).documents] == ["z", "a", "b", "rules"]


def test_a_mark_of_byte_order_and_windows_line_ends_do_no_harm(folder):
    write(folder, "text.md", b"\xef\xbb\xbf" + (FRONT + TEXT).replace("\n", "\r\n").encode())
    library = load_library(folder)
    assert library.document("rules").text == TEXT.replace("\n", "\r\n")
    assert library.quote_of("rules/article/2").text == "第二条　本办法自公布之日起施行。"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (TEXT, "there is no front matter"), ("---\ntitle: 甲\n" + TEXT, "there is no front matter"), ("", "there is no front matter"),
        ("---\ntitle: [甲\n---\n" + TEXT, "not valid YAML"), ("---\n甲\n---\n" + TEXT, "no `key: value` lines"),
        ("---\nissuer: 甲\n---\n" + TEXT, "no title"), ("---\ntitle: 甲\nisued_on: 乙\n---\n" + TEXT, "Did you mean issued_on?"),
        ("---\ntitle: 甲\nissued_on: 去年\n---\n" + TEXT, "issued_on is not a date"), ("---\ntitle: 甲\norder: 一\n---\n" + TEXT, "order is not a whole number"),
        ("---\ntitle: 甲\naliases: 乙\n---\n" + TEXT, "aliases is not a list"), ("---\ntitle: 甲\nofficial: 是\n---\n" + TEXT, "official is neither"),
        ("---\ntitle: 甲\narticle_ids: brief\n---\n" + TEXT, "article_ids is 'brief'"), ("---\ntitle: {a: b}\n---\n" + TEXT, "title is not a line of text"),
        (FRONT, "there is no text"), (FRONT + " \n　\n", "there is no text"), ((FRONT + TEXT).encode("gb18030"), "not UTF-8"),
    ],
)  # fmt: skip
def test_a_faulty_document_is_named_by_its_path_in_one_sentence(folder, content, what):
    write(folder, "text.md", content)
    with pytest.raises(DocumentUnreadable, match=what) as told:
        load_library(folder)
    assert str(folder / "rules" / "text.md") in str(told.value)
    assert "\n" not in str(told.value)


def test_dates_are_read_as_people_write_them_and_other_front_matter_is_passed_over(folder):
    write(
        folder,
        "text.md",
        "---\ntitle: 议事办法（示例）\ndate: 2021年10月14日\nsidebar: auto\nurl: https://example.org/\n---\n"
        + TEXT,
    )
    front = load_library(folder).document("rules").front
    assert front.issued_on == date(2021, 10, 14)
    assert front.official_page == "https://example.org/"


def test_a_folder_without_a_text_is_told(folder):
    (folder / "empty").mkdir()
    with pytest.raises(DocumentUnreadable, match=r"empty/text\.md: missing"):
        load_library(folder)


def test_two_names_that_differ_only_in_case_are_refused(folder):
    (folder / "Rules").mkdir()
    (folder / "Rules" / "text.md").write_text(FRONT + TEXT, encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match="same name as"):
        load_library(folder)


@pytest.mark.parametrize("slug", ["a b", "a#b", "a?b", "a~2"])
def test_a_name_that_cannot_begin_an_id_is_refused(folder, slug):
    (folder / slug).mkdir()
    (folder / slug / "text.md").write_text(FRONT + TEXT, encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match="cannot begin an id"):
        load_library(folder)


def test_a_corpus_without_documents_is_told(tmp_path):
    with pytest.raises(CorpusEmpty, match="There is no document"):
        load_library(tmp_path)
    with pytest.raises(CorpusEmpty):
        load_library(tmp_path / "nowhere")


@pytest.mark.parametrize("id", ["rules/article/9", "nowhere", "rules/article/1#9", ""])
def test_an_unknown_id_is_told_with_where_to_look(folder, id):
    library = load_library(folder)
    assert id not in library
    for look in (
        library.provision,
        library.text_of,
        library.quote_of,
        library.document_of,
        library.translation,
    ):
        with pytest.raises(UnknownProvision, match="python -m assistant show"):
            look(id)


# Rules and questions


def test_rules_and_questions_are_read_with_their_document(folder):
    write(folder, "rules.toml", FACT)
    write(folder, "questions.jsonl", QUESTION + "\n")
    library = load_library(folder)
    assert library.fact("rules-1-rooms").items == ("会议室", "活动室")
    assert library.questions[0].facts == ("rules-1-rooms",)
    assert library.questions[0].status == "answered"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('words = "街道应设会议室、活动室等"', 'words = "街道应当设会议室"', "rules/article/1#1 does not say: 街道应当设会议室"),
        ('words = "街道应设会议室、活动室等"', 'words = ""', "does not say"),
        ('"rules/article/1#1"', '"rules/article/1"', "provision rules/article/1: not a leaf"),
        ('"rules/article/1#1"', '"rules/article/7#1"', "no such provision"),
        ('["会议室", "活动室"]', '["会议室", "厨房"]', "items that are not in words: 厨房"),
        ('tier = ["street"]', 'tier = ["village"]', "tier is"), ('kind = "list"', 'kind = "listing"', "kind is 'listing'"),
        ('modality = "must"', "", "missing: modality"), ('about = "rooms"', 'about = "rooms"\nsays = "x"', "unknown: says"),
        ("open_list = true", 'open_list = "yes"', "open_list is 'yes', not true or false"), ('tier = ["street"]', 'tier = "street"', "not a list of texts"),
        ('id = "rules-1-rooms"', 'id = "guide-1-rooms"', "does not begin with rules-"), ("[[fact]]", "[[facts]]", "no such table"),
        ("[[fact]]", "[fact]", "a single table"), ("[[fact]]", "[[fact", "not valid TOML"),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_its_document_is_named(folder, old, new, what):
    assert old in FACT
    write(folder, "rules.toml", FACT.replace(old, new))
    with pytest.raises(RulesError, match=r"rules\.toml") as told:
        _ = load_library(folder).facts
    assert what in str(told.value)


def test_an_id_is_used_once(folder):
    write(folder, "rules.toml", FACT + FACT)
    with pytest.raises(RulesError, match="the id is taken"):
        _ = load_library(folder).facts


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"question": "甲", "facts": ["rules-9"]}', "no such fact: rules-9"), ('{"question": "甲", "provisions": ["rules/9"]}', "no such provision: rules/9"),
        ('{"question": "甲", "nearest": ["x"]}', "no such provision: x"), ('{"question": " "}', "no question"), ("{}", "no question"), ("[]", "not a JSON object"),
        ("{", "not valid JSON"), ('{"question": "甲", "lang": "fr"}', "lang is 'fr'"), ('{"question": "甲", "facts": "x"}', "not a list of texts"),
        ('{"question": "甲", "kind": "x"}', "unknown: kind"),
    ],
)  # fmt: skip
def test_a_question_that_does_not_fit_is_named_by_its_line(folder, line, what):
    write(folder, "rules.toml", FACT)
    write(folder, "questions.jsonl", QUESTION + line + "\n")
    with pytest.raises(RulesError, match=r"questions\.jsonl, line 2") as told:
        _ = load_library(folder).questions
    assert what in str(told.value)


# Translations


def test_a_translation_is_read_by_leaf_and_joined_for_a_node(folder):
    write(
        folder,
        "en.md",
        "# Notes\n\n## rules/article/1#1\nArticle 1. Rooms.\n\n## rules/article/2#1\nArticle 2. Entry into force.\n",
    )
    library = load_library(folder)
    assert library.translation("rules/article/1#1") == "Article 1. Rooms."
    assert library.translation("rules/article/1") == "Article 1. Rooms."
    assert library.translation("rules") is None
    assert library.translation("rules/article/1", lang="fr") is None


@pytest.mark.parametrize(
    ("content", "what"),
    [("## rules/9\nx", "there is no provision rules/9"), ("## rules#0\nx\n## rules#0\ny", "translated twice"), (b"## rules#0\n\xff", "not UTF-8")],
)  # fmt: skip
def test_a_translation_that_does_not_fit_is_told(folder, content, what):
    write(folder, "en.md", content)
    with pytest.raises(DocumentUnreadable, match=what):
        load_library(folder).translation("rules/article/1")


# The shipped corpus


def test_the_shipped_corpus_opens_within_thirty_milliseconds():
    def once() -> float:
        started = time.perf_counter()
        load_library()
        return time.perf_counter() - started

    assert min(once() for _ in range(5)) < 0.03


def test_every_rule_and_question_of_the_shipped_corpus_fits_its_document():
    library = load_library()
    assert isinstance(library, Library)
    assert library.facts
    assert library.rules.facts == library.facts
    for asked in library.questions:
        assert asked.question.strip()


def test_the_shipped_documents_are_dated():
    assert {document.front.issued_on for document in load_library().documents} == {date(2021, 10, 14)}
