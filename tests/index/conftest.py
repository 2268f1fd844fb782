"""What the tests of the index share."""

from pathlib import Path

import pytest

from index.embedder import BundledEmbedder
from index.passage import Passage
from index.testing import passages_for

SENTENCES = [
    "街道、乡镇级社会组织培育孵化机构应独立设置办公室、会议室和档案室。",
    "区级社会组织培育孵化机构统一命名为社会组织发展服务中心。",
    "市级机构按照“中心+基地”的模式建设，二〇二三年底前完成。",
    "出租人应当在租赁期满后七日内退还押金。",
    "用人单位未及时足额支付劳动报酬的，劳动者可以解除劳动合同。",
    "养犬人应当在取得犬只之日起三十日内办理登记。",
    "食品经营者应当查验供货者的许可证和食品合格证明。",
    "志愿者有权拒绝提供违反法律、法规的服务。",
]


@pytest.fixture(scope="session")
def bundled() -> BundledEmbedder:
    """The model that ships."""
    return BundledEmbedder()


@pytest.fixture
def passages() -> list[Passage]:
    """Forty short articles of one document."""
    return passages_for(
        [f"第{number}条　{SENTENCES[number % len(SENTENCES)]}编号{number}。" for number in range(1, 41)]
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where an index is built."""
    return tmp_path / "built"
