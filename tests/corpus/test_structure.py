"""Any official text becomes a tree whose leaves tile it. Invented texts are marked （示例）."""

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, FrontMatter, Level
from corpus.structure import parse


def read(text: str, *, title: str = "办法（示例）", short: bool = False) -> Document:
    front = FrontMatter(title=title, article_ids="short" if short else "long")
    return parse("law", front, dedent(text).strip("\n"))


def words(document: Document, id: str) -> str:
    return document.text_of(document.provisions[id]).strip()


def nodes(document: Document) -> list[str]:
    return [id for id in document.provisions if "#" not in id]


PIECES = st.sampled_from(
    ["第一条　", "第二条 ", "第十二条之一", "第一章 总则", "第二节", "第一编", "一、", "（一）", "(二)", "1.", "（1）", "①", "附件", "附件：",
     "目录", "\n", "\r\n", "\n\n", "　　", "\u200b", "。", "！", "”", "“", "《", "》", "（", "）", "甲应当登记", "# ", "| a |", "<style>", "</style>",
     "<table>", ":::", "---", "2021年10月14日", "特此公告。", "\ufeff", "\u2028", "\x0b"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), min_size=1, max_size=40).map("".join))
def test_the_leaves_tile_any_text_and_ids_are_unique(text):
    document = parse("law", FrontMatter(title="办法（示例）"), text)
    leaves = document.leaves
    assert "".join(leaf.span.of(text) for leaf in leaves) == text
    every = [provision.id for provision in document.root.walk()]
    assert len(every) == len(set(every)) == len(document.provisions)
    for provision in document.root.walk():
        if provision.children:
            assert provision.span.start == provision.children[0].span.start
            assert provision.span.end == provision.children[-1].span.end


LAW = """
    办法（示例）

    2020年1月1日市政府令第1号公布

    第一章　总　则

    第一条　为了示例，制定本办法。

    第二条　本办法所称示例，是指下列事项：
    （一）甲；
    （二）乙，包括：
    1．丙；
    2．丁。
    前款所列事项，应当登记。

    第二章　登　记

    第一节　申请

    第三条　申请人应当提交材料。依照第
    二条的规定办理。

    第三条之一　材料不齐的，应当补正。

    第二节　受理

    第四条　登记机关应当受理。

    第三章　附　则

    第五条　本办法自公布之日起施行。
"""


def test_a_law_has_chapters_that_are_no_prefix_of_its_articles():
    assert nodes(read(LAW)) == [
        "law",
        "law/chapter/1",
        "law/article/1",
        "law/article/2",
        "law/article/2/paragraph/1",
        "law/article/2/paragraph/1/item/1",
        "law/article/2/paragraph/1/item/2",
        "law/article/2/paragraph/1/item/2/subitem/1",
        "law/article/2/paragraph/1/item/2/subitem/2",
        "law/article/2/paragraph/2",
        "law/chapter/2",
        "law/section/1",
        "law/article/3",
        "law/article/3-1",
        "law/section/2",
        "law/article/4",
        "law/chapter/3",
        "law/article/5",
    ]


def test_the_heading_of_the_next_chapter_is_not_part_of_the_article_before():
    law = read(LAW)
    assert words(law, "law/article/2").endswith("应当登记。")
    assert words(law, "law/article/4") == "第四条　登记机关应当受理。"
    assert law.provisions["law/article/4"].parent == "law/section/2"
    assert law.provisions["law/section/2"].parent == "law/chapter/2"


def test_the_title_and_its_dates_are_one_leaf():
    assert words(read(LAW), "law#0") == "办法（示例）\n\n2020年1月1日市政府令第1号公布"


def test_the_only_paragraph_of_an_article_is_left_out_and_its_items_hang_below_the_article():
    law = read("办法（示例）\n第一条　有下列情形之一的，不予登记：\n（一）甲；\n（二）乙。")
    assert nodes(law) == ["law", "law/article/1", "law/article/1/item/1", "law/article/1/item/2"]
    assert law.provisions["law/article/1/item/2"].level is Level.ITEM


@pytest.mark.parametrize(
    ("line", "number"),
    [("第十二条　甲。", "12"), ("第 十二 条 甲。", "12"), ("第12条 甲。", "12"), ("第１２条　甲。", "12"), ("**第十二条**　甲。", "12"),
     ("第十二条甲。", "12"), ("第十二条：甲。", "12"), ("　　第十二条　甲。", "12"), ("### 第十二条 甲。", "12")],
)  # fmt: skip
def test_an_article_is_found_however_its_number_is_written(line, number):
    text = "办法（示例）\n第十一条　子。\n" + line
    assert f"law/article/{number}" in read(text).provisions


@pytest.mark.parametrize(
    "line",
    ["第十条的规定，适用本条。", "第十条第二款的规定适用。", "第十条、第十一条的规定适用。", "第十条和第十一条适用。", "第十条所列情形除外。",
     "第十条规定的条件，应当公布。", "第二章的规定，从其规定。", "（一）项所列情形。", "（一）（二）项所列情形。", "（一）、（二）项除外。",
     "一、二级机构应当备案。", "三、四季度应当公布。", "第三方机构可以参加。", "2021.10.14起施行。"],
)  # fmt: skip
def test_a_reference_at_the_start_of_a_line_is_no_provision(line):
    law = read("办法（示例）\n第九条　登记机关应当依照本办法\n" + line + "\n第十条　乙。")
    assert nodes(law)[1:] == ["law/article/9", "law/article/10"]
    assert words(law, "law/article/9").endswith(line)


def test_a_sentence_broken_by_hand_is_one_leaf():
    law = read(
        "办法（示例）\n第一条　市水行政主管部门负责大型水库、大型水闸、二级以\n上堤防的监督管理。\n第二条　乙。"
    )
    assert words(law, "law/article/1#1").endswith("二级以\n上堤防的监督管理。")


def test_a_sentence_broken_across_an_empty_line_is_one_leaf():
    law = read(
        "办法（示例）\n\n第一条　登记管理机关根据情况，可以责令其在整改期间停止活动，民办非企业单位被限\n\n期停止活动的，可以封存证书。\n\n第二条　乙。"
    )
    assert words(law, "law/article/1#1").endswith("被限\n\n期停止活动的，可以封存证书。")


def test_an_enumeration_on_lines_of_its_own_is_one_paragraph():
    law = read(
        "办法（示例）\n第一条　委员会由下列人员组成：\n主任，\n副主任若干人，\n委员若干人。\n第二条　乙。"
    )
    assert words(law, "law/article/1/paragraph/2#1") == "主任，\n副主任若干人，\n委员若干人。"


def test_a_signature_is_not_part_of_a_last_article_that_lacks_its_full_stop():
    law = read(
        "办法（示例）\n\n第一条　本办法自二〇二二年三月一日起施行，由市民政局负责解释\n\n北京市民政局\n\n2022年3月1日"
    )
    assert words(law, "law/article/1").endswith("负责解释")
    assert words(law, "law#end") == "北京市民政局\n\n2022年3月1日"


def test_a_table_of_contents_makes_no_chapters():
    law = read(
        """
        办法（示例）

        目　录

        第一章　总则
        第二章　登记
        第三章　附则

        第一章　总则
        第一条　甲。
        第二章　登记
        第二条　乙。
        第三章　附则
        第三条　丙。
        """
    )
    assert [id for id in nodes(law) if "chapter" in id] == [f"law/chapter/{n}" for n in (1, 2, 3)]
    assert words(law, "law/chapter/1").endswith("第一条　甲。")
    assert law.provisions["law#aside"].level is Level.ASIDE


def test_a_table_of_contents_with_page_numbers_and_no_heading_makes_no_chapters():
    law = read(
        "办法（示例）\n第一章　总则……1\n第二章　登记……3\n第一章　总则\n第一条　甲。\n第二章　登记\n第二条　乙。"
    )
    assert [id for id in nodes(law) if "chapter" in id] == ["law/chapter/1", "law/chapter/2"]


def test_a_heading_that_lost_its_number_is_not_glued_on_to_the_article_before():
    law = read("办法（示例）\n第一条　甲应当登记。\n法律责任\n\n第二条　乙。")
    assert words(law, "law/article/1") == "第一条　甲应当登记。"
    assert words(law, "law/heading/1#0") == "法律责任"


def test_chapters_that_are_counted_anew_in_every_part_carry_the_part():
    law = read(
        "法典（示例）\n第一编 总则\n第一章 规定\n第一条 甲。\n第二编 物权\n第一章 通则\n第二条 乙。",
        title="法典（示例）",
    )
    assert [id for id in nodes(law) if "article" not in id] == [
        "law", "law/part/1", "law/part/1/chapter/1", "law/part/2", "law/part/2/chapter/1",
    ]  # fmt: skip


def test_chapters_that_go_on_counting_through_the_parts_do_not():
    law = read(
        "法典（示例）\n第一编 总则\n第一章 规定\n第一条 甲。\n第二编 物权\n第二章 通则\n第二条 乙。",
        title="法典（示例）",
    )
    assert "law/chapter/2" in law.provisions


def test_articles_that_are_counted_anew_keep_ids_of_their_own():
    law = read("办法（示例）\n第一条 甲。\n第二条 乙。\n第一条 丙。\n第二条 丁。")
    assert nodes(law)[1:] == ["law/article/1", "law/article/2", "law/article/1~2", "law/article/2~2"]


def test_an_annex_is_a_node_with_provisions_of_its_own():
    law = read(
        """
        关于印发办法的通知（示例）

        各区民政局：

        　　现将办法印发给你们，请遵照执行。

        　　一、高度重视。各区要加强领导。

        　　附件：1.登记办法
        　　　　　2.登记表

        市民政局
        2021年10月14日

        附件1

        登记办法

        第一条　甲。

        第二条　乙。

        附件2

        登记表
        姓名：
        """,
        title="关于印发办法的通知（示例）",
    )
    assert nodes(law) == [
        "law", "law/preamble", "law/1", "law/annex/1", "law/annex/1/article/1", "law/annex/1/article/2", "law/annex/2",
    ]  # fmt: skip
    assert words(law, "law#end").startswith("附件：1.登记办法")
    assert words(law, "law#end").endswith("2021年10月14日")
    assert words(law, "law/annex/1#0") == "附件1\n\n登记办法"
    assert words(law, "law/annex/1/article/2") == "第二条　乙。"


def test_an_annex_may_have_its_title_on_the_line_of_its_number():
    plan = read("方案（示例）\n一、目标。做好登记。\n附件：1.登记表\n2.名单\n市民政局\n2021年1月1日\n附件1：登记表\n姓名和住址应当填写。\n附件2 名单\n甲、乙。",
                title="方案（示例）")  # fmt: skip
    assert nodes(plan) == ["law", "law/1", "law/annex/1", "law/annex/2"]
    assert words(plan, "law/annex/1#0") == "附件1：登记表"


def test_a_list_of_enclosures_opens_no_annex():
    plan = read(
        "方案（示例）\n一、目标。做好登记。\n附件1：登记表\n附件2：名单\n市民政局\n2021年1月1日",
        title="方案（示例）",
    )
    assert not any("annex" in id for id in plan.provisions)


def test_a_table_between_two_articles_opens_no_annex():
    law = read("办法（示例）\n第一条　甲。\n附表：\n| 级数 | 税率 |\n第二条　乙。")
    assert "law/article/2" in law.provisions
    assert not any("annex" in id for id in law.provisions)


def test_what_follows_the_last_article_is_not_part_of_it():
    law = read("办法（示例）\n第一条　本办法自公布之日起施行。\n\n市民政局　市财政局\n2021年1月1日")
    assert words(law, "law/article/1") == "第一条　本办法自公布之日起施行。"
    assert words(law, "law#end") == "市民政局　市财政局\n2021年1月1日"


def test_an_outline_is_numbered_by_its_own_steps():
    plan = read(
        """
        方案（示例）

        　　为了示例，制订本方案。

        　　一、总体要求

        　　坚持示例。

        　　二、重点任务

        　　（一）加强领导。各区要加强领导。
        　　1.明确责任。责任到人。
        　　（1）写明。
        　　2.按时完成。
        　　（二）加强宣传。各区要加强宣传。
        """,
        title="方案（示例）",
    )
    assert nodes(plan) == [
        "law", "law/preamble", "law/1", "law/2", "law/2/1", "law/2/1/1", "law/2/1/1/1", "law/2/1/2", "law/2/2",
    ]  # fmt: skip
    assert words(plan, "law/2/1#0") == "（一）加强领导。"
    assert words(plan, "law/2/1/1#0") == "1.明确责任。"


def test_a_heading_may_begin_with_a_number_of_its_own():
    plan = read(
        "方案（示例）\n一、目标。做好登记。\n二、三级体系建设。各级都要建设。\n三、四类机构\n各类机构都要登记。",
        title="方案（示例）",
    )
    assert nodes(plan) == ["law", "law/1", "law/2", "law/3"]


def test_a_paragraph_that_is_numbered_and_long_has_no_heading():
    notice = read(
        "公告（示例）\n一、企业通过公益性社会组织、县级以上人民政府及其部门等国家机关，用于符合法律规定的公益慈善事业的捐赠支出，准予扣除。\n"
        "二、本公告自2020年1月1日起执行。",
        title="公告（示例）",
    )
    assert "law/1#1" in notice.provisions
    assert "law/1#0" not in notice.provisions


def test_headings_above_articles_may_be_numbered_like_an_outline():
    rules = read(
        "规定（示例）\n一、一般规定\n第一条 甲。\n第二条 乙：\n（一）子；\n（二）丑。\n二、附则\n第三条 丙。",
        title="规定（示例）",
    )
    assert nodes(rules) == [
        "law", "law/1", "law/article/1", "law/article/2", "law/article/2/item/1", "law/article/2/item/2",
        "law/2", "law/article/3",
    ]  # fmt: skip


def test_items_of_old_laws_may_be_numbered_like_headings():
    law = read(
        "条例（示例）\n第一条 有下列行为的，予以处罚：\n一、假报户口的；\n二、冒名顶替的。\n第二条 乙。",
        title="条例（示例）",
    )
    assert nodes(law)[1:] == [
        "law/article/1",
        "law/article/1/item/1",
        "law/article/1/item/2",
        "law/article/2",
    ]


def test_articles_may_be_the_direct_steps_of_a_document():
    assert nodes(read("指引（示例）\n第一条　甲。\n第二条　乙。", short=True)) == ["law", "law/1", "law/2"]


def test_an_article_may_have_a_heading_of_its_own():
    law = read(
        "条例（示例）\n第一条（目的）\n为了示例，制定本条例。\n第二条（范围）\n适用于示例。",
        title="条例（示例）",
    )
    assert words(law, "law/article/1#0") == "第一条（目的）"
    assert words(law, "law/article/1#1") == "为了示例，制定本条例。"


def test_web_markup_stands_aside():
    law = read(
        "---\nsidebar: auto\n---\n# 办法（示例）\n\n第一条　甲。\n\n:::: tip\n\n第二条　乙。\n\n::::\n\n丙。\n"
    )
    assert words(law, "law#0") == "# 办法（示例）"
    assert words(law, "law/article/1") == "第一条　甲。"
    asides = [p.id for p in law.provisions.values() if p.level is Level.ASIDE]
    assert asides == ["law#aside", "law#aside~2", "law/article/2/paragraph/1#aside"]


def test_a_line_of_nothing_visible_is_white_space():
    law = read("办法（示例）\n第一条　甲。\n\u200b\n第二条　乙。")
    assert nodes(law)[1:] == ["law/article/1", "law/article/2"]
    assert [leaf.id for leaf in law.leaves] == ["law#0", "law/article/1#1", "law/article/2#1"]


def test_a_long_text_without_numbers_has_a_node_for_every_paragraph():
    letter = read(
        "公开信（示例）\n" + "\n".join("　　" + "甲" * 200 + "。" for _ in range(6)), title="公开信（示例）"
    )
    assert nodes(letter)[1:] == [f"law/paragraph/{n}" for n in range(1, 7)]


def test_a_short_text_without_numbers_is_one_leaf():
    assert nodes(read("通知（示例）\n\n　　现印发办法。", title="通知（示例）")) == ["law"]
