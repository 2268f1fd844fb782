"""「《法规》第N条」 finds that article and no other."""

import pytest

from index.exact import Articles, write_articles
from index.passage import Kind, Passage

LABELS = [
    "中华人民共和国劳动合同法第三十九条",
    "中华人民共和国劳动法第三十九条",
    "民法典第十二条之一",
    "志愿服务条例（2017年修订）第12条",
]


def labelled(heading: str, text: str = "……") -> Passage:
    return Passage(
        key=f"text:{heading}{text}",
        kind=Kind.TEXT,
        document="d",
        provisions=("d/1",),
        text=text,
        heading=heading,
    )


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Articles:
    path = tmp_path_factory.mktemp("articles") / "articles.npy"
    passages = [
        *map(labelled, LABELS),
        labelled("某市养犬管理条例（示例） 第二章 登记", "第七条　养犬人应当登记。"),
    ]
    write_articles(path, passages, range(len(passages)))
    return Articles(path)


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("《劳动合同法》第三十九条", [0]),
        ("《中华人民共和国劳动合同法》第39条怎么说", [0]),
        ("请问劳动合同法第三十九条是什么意思", [0]),
        ("劳动法的第三十九条", [1]),
        ("民法典第十二条之一", [2]),
        ("民法典第十二条", []),
        ("《志愿服务条例》第十二条", [3]),
        ("《志愿服务条例（2017年修订）》第十二条", [3]),
        ("某市养犬管理条例第七条", [4]),
        ("《劳动法》第三十九条和《民法典》第十二条之一", [1, 2]),
        ("第三十九条", []),
        ("劳动合同法", []),
        ("", []),
    ],
)
def test_a_question_that_names_an_article_finds_it(
    articles: Articles, question: str, entries: list[int]
) -> None:
    assert articles.find(question).tolist() == entries
