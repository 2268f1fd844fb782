"""Citations in both directions, over the shipped documents and over invented ones （示例）."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from corpus.citation import cite, cite_full, cite_short, find_references, owner, resolve
from corpus.document import FrontMatter
from corpus.library import Library, UnknownProvision, load_library
from corpus.show import show_rows
from corpus.structure import parse

LAWS = Path(__file__).parents[3] / "shared" / "laws"
PLAN = "《北京市培育发展社区社会组织专项行动实施方案》"
GUIDE = "《北京市社会组织培育孵化机构建设运营工作指引(试行)》"

LAW = """登记条例（示例）
第一章　总则
第一条　甲。
第二条　有下列情形之一的，不予登记：
（一）子；
（二）丑；
（三）寅。
前款所称寅，包括卯。
第三条　乙：
（一）辰；
（二）巳，包括：
1.午；
2.未。
第十二条之一　丙。
第二章　附则
第一节　施行
第十三条　丁。
"""
NOTICE = """关于登记的公告（示例）
一、登记由民政部门办理。办理不收费。
二、本公告自公布之日起执行。
附件1
登记办法
第一条　戊。
第二条　己。
"""


def collection(**texts: tuple[FrontMatter, str]) -> Library:
    return Library({slug: parse(slug, front, text) for slug, (front, text) in texts.items()}, Path())


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def laws() -> Library:
    return collection(
        law=(FrontMatter(title="登记条例（示例）", number="示政发〔2020〕7号"), LAW),
        notice=(FrontMatter(title="关于登记的公告（示例）", short_title="公告"), NOTICE),
    )


@pytest.mark.parametrize(
    ("id", "label"),
    [
        ("guide/3", GUIDE + "第三条"), ("guide/3#1", GUIDE + "第三条"), ("guide/10", GUIDE + "第十条"), ("guide#0", GUIDE),
        ("plan/2/1", PLAN + "二、(一)"), ("plan/2/1#0", PLAN + "二、(一)"), ("plan/3/4", PLAN + "三、(四)"), ("plan/1", PLAN + "第一部分"),
        ("plan/preamble", PLAN + "引言"), ("plan#end", PLAN), ("plan", PLAN),
        ("notice", "《关于印发《北京市培育发展社区社会组织专项行动实施方案》的通知》"),
    ],
)  # fmt: skip
def test_a_citation_prints_the_title_that_the_provision_belongs_to(library, id, label):
    assert cite(library, id) == label


@pytest.mark.parametrize(
    ("id", "label"),
    [("guide/3", "Guideline, Article 3"), ("plan/2/1", "Plan, Part 2(1)"), ("plan/1", "Plan, Part 1"), ("notice", "Notice"),
     ("plan/preamble", "Plan, Preamble")],
)  # fmt: skip
def test_a_citation_has_an_english_form(library, id, label):
    assert cite(library, id, language="en") == label


@pytest.mark.parametrize(
    ("id", "label"),
    [("law/article/2/paragraph/1/item/3", "《登记条例（示例）》第二条第一款第三项"), ("law/article/3/item/2", "《登记条例（示例）》第三条第二项"),
     ("law/article/3/item/2/subitem/1", "《登记条例（示例）》第三条第二项第一目"), ("law/article/12-1", "《登记条例（示例）》第十二条之一"),
     ("law/chapter/1", "《登记条例（示例）》第一章"), ("law/section/1", "《登记条例（示例）》第二章第一节"),
     ("notice/annex/1/article/2", "《关于登记的公告（示例）》附件1第二条"), ("notice/1", "《关于登记的公告（示例）》第一部分")],
)  # fmt: skip
def test_regulations_are_cited_by_article_paragraph_and_item(laws, id, label):
    assert cite(laws, id) == label


def test_chips_and_letters_have_forms_of_their_own(library):
    assert cite_short(library, "guide/4#1") == "指引·第四条"
    assert cite_short(library, "plan/2/3") == "方案·二、(三)"
    assert cite_short(library, "guide/4", language="en") == "Guideline · Article 4"
    assert cite_short(library, "plan") == "方案"
    assert cite_full(library, "guide/4") == GUIDE + "（京社委社组发〔2021〕56号）第四条"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_citation_leads_back_to_the_node_it_was_made_for(library, laws, language):
    for each in (library, laws):
        for provision in each.provisions():
            label = cite(each, provision.id, language=language)
            assert resolve(each, label) == [owner(each, provision.id).id], label


def test_a_leaf_is_cited_as_the_node_that_it_belongs_to(library):
    assert owner(library, "guide/4#1").id == "guide/4"
    assert owner(library, "notice").id == "notice"


def test_an_unknown_id_is_told_as_such(library):
    with pytest.raises(UnknownProvision, match="There is no provision guide/99"):
        cite(library, "guide/99")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("方案第二部分第三项", ["plan/2/3"]), ("方案第二部分（三）", ["plan/2/3"]), ("方案二（三）", ["plan/2/3"]), ("二（三）", ["plan/2/3"]),
        ("二、(三)", ["plan/2/3"]), ("《实施方案》二、（一）", ["plan/2/1"]), ("方案的第三部分的第二点", ["plan/3/2"]), ("方案第二条", ["plan/2"]),
        ("指引第七条", ["guide/7"]), ("指引第7条", ["guide/7"]), ("指引第７条", ["guide/7"]), ("第七条", ["guide/7"]), ("第七條", ["guide/7"]),
        ("指引 第 七 条", ["guide/7"]), ("附件第四条", ["guide/4"]), ("本指引第三条", ["guide/3"]), ("第四条第一款", ["guide/4"]),
        ("《北京市社会组织培育孵化机构建设运营工作指引》第七条", ["guide/7"]), ("《建设运营工作指引》第七条", ["guide/7"]),
        ("北京市社会组织培育孵化机构建设运营工作指引（试行）第七条", ["guide/7"]),
        ("第四条和第六条", ["guide/4", "guide/6"]), ("第二至四条", ["guide/2", "guide/3", "guide/4"]), ("第二、四条", ["guide/2", "guide/4"]),
        ("第二三四条", ["guide/2", "guide/3", "guide/4"]), ("二、三、四条", ["guide/2", "guide/3", "guide/4"]), ("指引二到四条", ["guide/2", "guide/3", "guide/4"]),
        ("指引第二条至第四条", ["guide/2", "guide/3", "guide/4"]), ("方案三（一）、（二）", ["plan/3/1", "plan/3/2"]),
        ("Guideline, Article 3", ["guide/3"]), ("Article 3 of the guideline", ["guide/3"]), ("art. 3", ["guide/3"]),
        ("Articles 2 and 4 of the guideline", ["guide/2", "guide/4"]), ("articles 2-4", ["guide/2", "guide/3", "guide/4"]),
        ("Part 2(3) of the plan", ["plan/2/3"]), ("the plan, part 2, item 3", ["plan/2/3"]), ("guideline", ["guide"]),
        ("guide/4", ["guide/4"]), ("guide/4#1", ["guide/4#1"]), ("plan#end", ["plan#end"]), ("notice", ["notice"]),
        ("指引", ["guide"]), ("《通知》", ["notice"]), ("附件", ["guide"]), ("引言", ["plan/preamble"]),
        ("京社委社组发[2021]56号", ["notice", "plan", "guide"]), ("京社委社组发（2021）56号", ["notice", "plan", "guide"]),
        ("京社委社组发〔2021〕56号第四条", ["guide/4"]), ("（三）", ["plan/2/3", "plan/3/3", "plan/4/3"]),
    ],
)  # fmt: skip
def test_a_citation_is_resolved_however_it_is_written(library, text, ids):
    assert resolve(library, text) == ids


@pytest.mark.parametrize(
    "text",
    ["指引第十五条", "第二条第一款第三项", "plan/9", "guide/4#7", "《民法典》第十条", "民法典第十条", "物业管理条例第四条", "备案工作指引第三条",
     "京社委社组[2019]28号", "《培育发展社区社会组织专项行动方案(2021—2023年)》第三条", "三", "你好", "", "街道要有哪些房间"],
)  # fmt: skip
def test_what_the_documents_do_not_have_resolves_to_nothing(library, text):
    assert resolve(library, text) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [("第二条第一款第三项", ["law/article/2/paragraph/1/item/3"]), ("登记条例第二条第二款", ["law/article/2/paragraph/2"]), ("第三条第二项第一目", ["law/article/3/item/2/subitem/1"]),
     ("第三条（二）", ["law/article/3/item/2"]), ("第十二条之一", ["law/article/12-1"]), ("公告附件第二条", ["notice/annex/1/article/2"]),
     ("附件1第二条", ["notice/annex/1/article/2"]), ("公告第二条", ["notice/annex/1/article/2"]), ("第二章第一节", ["law/section/1"]), ("示政发【2020】7号第一条", ["law/article/1"])],
)  # fmt: skip
def test_regulations_are_resolved_by_article_paragraph_and_item(laws, text, ids):
    assert resolve(laws, text) == ids


def test_an_ambiguous_citation_gives_every_candidate(laws):
    assert resolve(laws, "第一条") == ["law/article/1", "notice/annex/1/article/1"]


def test_documents_of_one_title_are_told_apart():
    text = "条例（示例）\n第一条　甲。"
    both = collection(
        old=(FrontMatter(title="条例（示例）", issued_on=date(2018, 1, 1)), text),
        new=(FrontMatter(title="条例（示例）", issued_on=date(2025, 1, 1)), text),
    )
    assert cite(both, "new/article/1") == "《条例（示例）》（2025-01-01）第一条"
    assert resolve(both, "《条例（示例）》（2025-01-01）第一条") == ["new/article/1"]
    assert resolve(both, "《条例（示例）》第一条") == ["old/article/1", "new/article/1"]


def test_provisions_of_one_number_are_told_apart():
    twice = collection(
        law=(
            FrontMatter(title="条例（示例）"),
            "条例（示例）\n第一条 甲。\n第二条 乙。\n第一条 丙。\n第二条 丁。",
        )
    )
    label = cite(twice, "law/article/2~2")
    assert label == "《条例（示例）》第二条（同号第2处）"
    assert resolve(twice, label) == ["law/article/2~2"]
    assert resolve(twice, "第二条") == ["law/article/2", "law/article/2~2"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("请问指引第四条是怎么规定的？", [("指引第四条", ("guide/4",))]),
        ("指引第二条、第三条有何不同", [("指引第二条、第三条", ("guide/2",)), ("指引第二条、第三条", ("guide/3",))]),
        ("根据《北京市社会组织培育孵化机构建设运营工作指引(试行)》第三条，区级要有哪些房间",
         [("《北京市社会组织培育孵化机构建设运营工作指引(试行)》第三条", ("guide/3",))]),
        ("方案二（三）说了什么", [("方案二（三）", ("plan/2/3",))]),
        ("民法典第十条是什么", [("民法典第十条", ())]), ("备案工作指引第三条怎么说", [("备案工作指引第三条", ())]),
        ("指引第十五条呢", [("指引第十五条", ())]), ("《民法典》第十条和第十二条", [("《民法典》第十条和第十二条", ())]),
        ("京社委社组[2019]28号是什么文件", [("京社委社组[2019]28号", ())]),
        ("京社委社组发〔2021〕56号什么时候发的", [("京社委社组发〔2021〕56号", ("notice", "plan", "guide"))]),
        ("What does Article 3 of the guideline say?", [("Article 3 of the guideline", ("guide/3",))]),
        ("guide/4和plan/2/1", [("guide/4", ("guide/4",)), ("plan/2/1", ("plan/2/1",))]),
        ("第一批师资名单什么时候公布", []), ("一、二、三级分别叫什么", []), ("第三方机构能不能管", []), ("一、二、三条件都满足吗", []), ("有三条要求", []), ("不低于30%写在第几条", []),
        ("The plan says what about notice periods?", []), ("街道第一步怎么做", []), ("", []),
    ],
)  # fmt: skip
def test_references_are_found_inside_a_question(library, question, found):
    references = find_references(library, question)
    assert [(reference.text, reference.ids) for reference in references] == found
    assert all(reference.span.of(question) == reference.text for reference in references)


def test_show_has_a_row_for_every_node_and_leaf_in_order(library):
    rows = list(show_rows(library))
    assert [row["id"] for row in rows] == [provision.id for provision in library.provisions()]
    assert list(rows[0]) == ["id", "document", "label", "parent", "leaf", "start", "end", "text"]
    assert rows[0] == {
        "id": "notice", "document": "notice", "label": "《关于印发《北京市培育发展社区社会组织专项行动实施方案》的通知》", "parent": None, "leaf": True,
        "start": 0, "end": 129, "text": library.document("notice").text,
    }  # fmt: skip
    for row in rows:
        assert library.document(row["document"]).text[row["start"] : row["end"]] == row["text"]
        assert json.loads(json.dumps(row)) == row
    leaves = [row["text"] for row in rows if row["leaf"]]
    assert "".join(leaves) == "".join(document.text for document in library.texts)


@pytest.mark.skipif(not LAWS.exists(), reason="the collection of laws is not beside this checkout")
def test_finding_references_stays_fast_among_hundreds_of_laws():
    lines = (LAWS / "selected_index.jsonl").read_text("utf-8").splitlines()
    texts = {}
    for position, line in enumerate(lines):
        entry = json.loads(line)
        published = date.fromisoformat(entry["publish"]) if entry["publish"] else None
        front = FrontMatter(title=entry["title"], issued_on=published)
        texts[f"law{position}"] = (front, (LAWS / entry["selected_file"]).read_text("utf-8"))
    laws = collection(**texts)
    question = (
        "请问《中华人民共和国慈善法》第三十条和民法典第十条、第四条的规定是什么，物业管理条例第九条呢？"
    )
    find_references(laws, question)
    started = time.perf_counter()
    for _ in range(20):
        find_references(laws, question)
    assert (time.perf_counter() - started) / 20 < 0.05
    nodes = [provision.id for provision in laws.provisions() if provision.children]
    for id in nodes[::97]:
        for language in ("zh", "en"):
            assert resolve(laws, cite(laws, id, language=language)) == [id]
