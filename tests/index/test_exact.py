"""「《法规》第N条」 finds that article and no other."""

import pytest

from index.exact import Articles, write_articles
from index.passage import Kind, Passage

LABELS = [
    "中华人民共和国劳动合同法第三十九条",
    "中华人民共和国劳动法第三十九条",
    "民法典第十二条之一",
    "志愿服务条例（2017年修订）第12条",
    "某省实施《中华人民共和国消防法》办法第六条",
    "中华人民共和国消防法第六条",
    "中国（甲地）试验区条例第二条",
    "中国（乙地）试验区条例第二条",
    "案件规则第三条",
    "案件规则（试行）第三条",
    "某市实施《中华人民共和国防震减灾法》规定第八条",
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
        ("《某省实施《中华人民共和国消防法》办法》第六条", [4]),
        ("《某省实施〈中华人民共和国消防法〉办法》的第6条", [4]),
        ("《某省实施〈消防法〉办法》（试行）中规定的第六条", [4]),
        ("某省实施《消防法》办法第六条", [4]),
        ("请看某省实施消防法办法第六条", [4]),
        ("《消防法》第六条", [5]),
        ("按《某省实施《消防法》第六条", [5]),
        ("「消防法」第六条", [5]),
        ("根据《劳动法》和消防法第六条", [5]),
        ("》第六条", []),
        ("《中国（乙地）试验区条例》第二条", [7]),
        ("中国（甲地）试验区条例第2条", [6]),
        ("《案件规则》第三条", [8]),
        ("《案件规则（试行）》第三条", [9]),
        ("案件规则（试行）第三条", [9]),
        ("《案件规则》（试行）第三条", [9]),
        ("《案件规则（2020年修订）》第三条", [8]),
        ("某市实施《中华人民共和国防震减灾法》规定第八条", [10]),
        ("案件规则（2020年修订）第三条", [8]),
        ("《某市案件规则》第三条", []),
        ("某市养犬管理条例第七条", [11]),
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
