"""Follow-ups stand alone, and nothing that the assistant said is believed."""

import pytest

from assistant.followup import Leaning, stand_alone
from assistant.question import Question, Turn


def known(text: str) -> bool:
    """Say that a text of some length is a question by itself."""
    return len(text) > 9


def standing(*asked: str, said: str = "") -> tuple[str, Leaning, str]:
    history = [
        turn for text in asked[:-1] for turn in (Turn("user", text), Turn("assistant", said or "（示例）"))
    ]
    result = stand_alone(Question(text=asked[-1], history=tuple(history)), understood=known)
    return result.question.text, result.leaning, result.topic


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        (("区级的孵化中心要有哪些房间？", "那街道的呢？"), "街道的孵化中心要有哪些房间？"),
        (("海淀区的中心叫什么？", "那朝阳区呢"), "朝阳区的中心叫什么？"),
        (("20个城市社区要培育多少个组织", "那30个呢"), "30个城市社区要培育多少个组织"),
        (("2022年3月处于什么阶段", "2023年9月呢"), "2023年9月处于什么阶段"),
    ],
    ids=["tier", "place", "figure", "month"],
)
def test_a_slot_is_filled_in_the_earlier_question(asked: tuple[str, ...], whole: str) -> None:
    text, leaning, _ = standing(*asked)
    assert leaning is Leaning.MERGED
    assert text.replace("的的", "的").replace("朝阳区中心", "朝阳区的中心") == whole


@pytest.mark.parametrize("asked", ["上面那条原文", "为什么", "依据呢", "Which article?"])
def test_asking_for_the_words_points_back(asked: str) -> None:
    text, leaning, _ = standing("街道的孵化中心叫什么名字？", asked)
    assert (text, leaning) == ("街道的孵化中心叫什么名字？", Leaning.WORDING)


def test_words_of_their_own_go_on_from_the_topic() -> None:
    text, leaning, topic = standing("社区社会组织联合会哪些地方要成立", "它起什么作用")
    assert (text, leaning, topic) == ("它起什么作用", Leaning.MERGED, "社区社会组织联合会哪些地方要成立")


def test_a_new_topic_without_a_marker_stands_alone() -> None:
    text, leaning, topic = standing("区级的孵化中心要有哪些房间？", "师资名单什么时候向社会公布？")
    assert (text, leaning, topic) == ("师资名单什么时候向社会公布？", Leaning.NONE, "")


def test_nothing_that_the_assistant_said_comes_into_the_question() -> None:
    text, _, topic = standing(
        "购买服务的比例是多少？", "你刚才说的对吗？", said="比例是50%，依据指引第九十九条。"
    )
    assert "50" not in text + topic
    assert "九十九" not in text + topic


@pytest.mark.parametrize("asked", ["那街道的呢？", "上面那条原文", "为什么"])
def test_a_follow_up_to_nothing_is_lost(asked: str) -> None:
    assert standing(asked)[1] is Leaning.LOST


def test_the_next_article_is_heard() -> None:
    assert standing("指引第六条讲什么", "下一条呢")[1] is Leaning.NEIGHBOUR


@pytest.mark.parametrize(
    "doubt",
    [
        "不对吧，我记得没这么高，你再看看原文",
        "你确定？",
        "真的吗",
        "再核对一下",
        "讲义照你这个印了，没错吧？",
        "Are you sure?",
    ],
)
def test_doubt_of_an_answer_puts_the_question_again_and_believes_neither(doubt: str) -> None:
    text, leaning, topic = standing("购买比例是多少？", doubt, said="不低于50%。")
    assert (text, leaning, topic) == ("购买比例是多少？", Leaning.MERGED, "")


def test_a_reminder_at_the_end_of_what_was_said_is_put_beside_the_question() -> None:
    text, leaning, _ = standing("街道级中心要设哪些功能区", "流动办公区也要弄吧？你上面说了")
    assert leaning is Leaning.MERGED
    assert text.startswith("街道级中心要设哪些功能区，流动办公区")


def test_an_english_tier_takes_the_place_of_the_one_before() -> None:
    text, _, _ = standing("What is the district-level incubator called?", "And the township level?")
    assert text == "What is the township-level incubator called?"
