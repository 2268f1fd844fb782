"""Look-ups are asked as people write them, and the right article comes first."""

import json
from pathlib import Path

from click.testing import CliRunner

from evals.lookups import command, look_ups
from index.testing import passages_for


def test_articles_are_asked_for_in_four_ways() -> None:
    (passage,) = passages_for(["……"], heading="中华人民共和国养犬法（示例）第十二条之一")
    four = [passages_for(["……"], heading=f"中华人民共和国养犬法第十{number}条")[0] for number in "一二三"]
    asked = list(look_ups([passage, *four]))
    assert [each.question for each in asked] == [
        "《中华人民共和国养犬法（示例）》第十二条之一",
        "《养犬法》第11条",
        "养犬法第十二条是怎么规定的",
        "请问《养犬法》的第十三条说了什么？",
    ]
    assert len({each.way for each in asked}) == 4


def test_the_right_article_comes_first(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--passages", "300", "--json", str(tmp_path / "out.json")])
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert told["first"] >= 0.99
    assert len(told["by_way"]) == 4
