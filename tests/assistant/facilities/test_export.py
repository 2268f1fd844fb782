"""Forms from the command line."""

import csv
import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from assistant.command import main
from assistant.office.label import GENERATED


def export(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["export", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_duties_are_written_as_a_table_and_as_a_form(tmp_path: Path) -> None:
    export("duties", str(tmp_path / "职责.csv"), "--actor", "district")
    rows = list(csv.reader(io.StringIO((tmp_path / "职责.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == 28
    assert rows[0][-1] == GENERATED.zh
    export("duties", str(tmp_path / "duties.docx"), "--lang", "en")
    document = docx.Document(str(tmp_path / "duties.docx"))
    assert document.paragraphs[1].text == GENERATED.en
    assert len(document.tables[0].rows) == 91


@pytest.mark.parametrize(("form", "tables"), [("matrix", 1), ("selfcheck", 3)])
def test_forms_are_written(tmp_path: Path, form: str, tables: int) -> None:
    out = tmp_path / "form.docx"
    export(form, str(out))
    assert len(docx.Document(str(out)).tables) == tables


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("matrix", "x.csv"), "matrix.docx"),
        (("duties", "x.pdf"), "duties.csv"),
        (("duties", "x.csv", "--actor", "nobody"), "district"),
        (("selfcheck", "x.docx", "--tier", "province"), "street"),
        (("matrix", "no/such/folder/x.docx"), "It cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", *arguments])
    assert done.exit_code == 2
    assert says in done.output
    assert list(tmp_path.iterdir()) == []
