"""The ids and the bytes that other programs rely on."""

from hashlib import sha256
from pathlib import Path

import pytest

from corpus.document import Level
from corpus.frontmatter import read_text_file
from corpus.library import DOCUMENTS, Library, load_library

SOURCE_SHA256 = "9138d28465deea27f050caa17a3ea3fe13cfce5c1961b2e38d23adbb8b23cd73"
SOURCE = Path(__file__).parents[3] / "shared" / "source" / "beijing-2021-56.txt"

NODES = [
    "notice", "plan", "plan/preamble", "plan/1",
    "plan/2", *(f"plan/2/{n}" for n in range(1, 6)),
    "plan/3", *(f"plan/3/{n}" for n in range(1, 5)),
    "plan/4", *(f"plan/4/{n}" for n in range(1, 4)),
    "guide", *(f"guide/{n}" for n in range(1, 11)),
]  # fmt: skip
SENTENCES = {
    "plan/preamble": 1, "plan/1": 2,
    "plan/2/1": 3, "plan/2/2": 4, "plan/2/3": 3, "plan/2/4": 2, "plan/2/5": 3,
    "plan/3/1": 1, "plan/3/2": 2, "plan/3/3": 1, "plan/3/4": 1,
    "plan/4/1": 3, "plan/4/2": 3, "plan/4/3": 2,
    "guide/1": 1, "guide/2": 1, "guide/3": 1, "guide/4": 1, "guide/5": 2,
    "guide/6": 2, "guide/7": 2, "guide/8": 2, "guide/9": 3, "guide/10": 1,
}  # fmt: skip
HEADED = ["plan", "plan/1", "plan/2", "plan/3", "plan/4", "guide", *(n for n in NODES if n.count("/") == 2)]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def shipped(library: Library) -> str:
    return "".join(library.document(slug).text for slug in ("notice", "plan", "guide"))


def test_the_documents_joined_are_the_official_file(library):
    assert sha256(shipped(library).encode()).hexdigest() == SOURCE_SHA256


@pytest.mark.skipif(not SOURCE.exists(), reason="the city's own file is not beside this checkout")
def test_the_official_file_is_the_one_meant():
    assert sha256(SOURCE.read_bytes()).hexdigest() == SOURCE_SHA256


def test_the_leaves_joined_are_the_official_file(library):
    leaves = "".join(
        leaf.span.of(document.text) for document in library.documents for leaf in document.leaves
    )
    assert sha256(leaves.encode()).hexdigest() == SOURCE_SHA256


def test_nodes_and_leaves_are_exactly_those_of_the_contract(library):
    leaves = [f"{node}#{n}" for node, count in SENTENCES.items() for n in range(1, count + 1)]
    leaves += [f"{node}#0" for node in HEADED] + ["plan#end"]
    ids = [provision.id for document in library.documents[:3] for provision in document.root.walk()]
    assert sorted(ids) == sorted(NODES + leaves)
    assert [id for id in ids if "#" not in id] == NODES


def test_the_notice_is_one_leaf(library):
    assert library.provision("notice").is_leaf
    assert library.provision("notice").parent is None


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("plan#0", "北京市培育发展社区社会组织专项行动实施方案"),
        ("plan/1#0", "一、目标任务"),
        ("plan/2/1#0", "(一)实施“安家”工程。"),
        ("plan/3/1#0", "(一)部署阶段(2021年9月-2021年12月)。"),
        ("plan/4/3#0", "(三)加大宣传。"),
        ("plan#end", "附件：《北京市社会组织培育孵化机构建设运营工作指引(试行)》"),
        ("guide#0", "附件\n\n北京市社会组织培育孵化机构建设运营工作指引(试行)"),
        ("guide/10#1", "第十条　本指引由北京市委社会工委市民政局负责解释。"),
        ("guide/9#2", "支持工作人员参加社会工作职业资格评价，接受继续教育。"),
    ],
)
def test_a_leaf_says_its_words(library, id, words):
    assert library.quote_of(id).text == words


def test_a_leaf_owns_its_indentation_and_the_white_space_after_it(library):
    leaf = library.provision("guide/3#1")
    assert (leaf.span.start, leaf.span.end) == (209, 304)
    quotation = library.quote_of("guide/3#1")
    assert (quotation.start, quotation.end) == (211, 302)
    assert library.document("guide").text[211:302] == quotation.text


def test_headings_and_closings_know_what_they_are(library):
    assert library.provision("plan/2/1#0").level is Level.TITLE
    assert library.provision("plan#end").level is Level.CLOSING
    assert library.provision("plan/2/1").level is Level.SUBHEADING
    assert library.provision("guide/4").level is Level.ARTICLE
    assert library.provision("guide/4").number == "4"


@pytest.mark.parametrize("slug", ["notice", "plan", "guide"])
def test_front_matter_tells_where_the_text_comes_from(slug):
    front, text = read_text_file(DOCUMENTS / slug / "text.md")
    assert front.title.replace("（", "(") in text
    assert front.number == "京社委社组发〔2021〕56号"
    assert front.number not in text
    assert front.number_source
    assert str(front.issued_on) == "2021-10-14"
    assert front.official_page.startswith("https://www.beijing.gov.cn/zhengce/")
    assert front.checked_on is not None


def test_every_span_lies_inside_its_parent(library):
    for document in library.documents:
        for provision in document.root.walk():
            for child in provision.children:
                assert provision.span.covers(child.span)
                assert child.parent == provision.id
