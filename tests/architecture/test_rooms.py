"""The order of the rooms is enforced: a copy of the project that breaks a rule is told so."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("assistant", "corpus", "evals", "index")

BREACHES = {
    "corpus/breach.py": ("import index", "A room imports only from its left"),
    "index/breach.py": ("import assistant", "A room imports only from its left"),
    "assistant/breach.py": ("import evals", "A room imports only from its left"),
    "index/breach_store.py": ("import chromadb", "Chroma lives in"),
    "assistant/breach_model.py": ("import sentence_transformers", "sentence-transformers and torch live in"),
    "evals/breach_page.py": ("import gradio", "Gradio and the web server live in"),
    "assistant/breach_form.py": ("import docx", "python-docx and python-pptx live in"),
    "corpus/breach_chain.py": ("import langchain_core", "LangChain lives in"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms with one file for each breach."""
    copy = tmp_path_factory.mktemp("broken")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ROOMS:
        for module in (ROOT / room).rglob("*.py"):
            target = copy / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    for name, (line, _) in BREACHES.items():
        (copy / name).write_text(f'"""A breach."""\n\n{line}\n', encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def report(broken: Path) -> str:
    """What import-linter says of that copy."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=broken, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", BREACHES)
def test_import_linter_reports_a_breach(name, report):
    line, contract = BREACHES[name]
    imported = line.removeprefix("import ")
    module = name.removesuffix(".py").replace("/", ".")
    assert any(
        contract in heading and f"{module} -> {imported}" in section for heading, section in sections(report)
    )


def sections(report: str) -> list[tuple[str, str]]:
    """Heading and text of each broken contract."""
    lines = report.splitlines()
    headings = [n for n, line in enumerate(lines[1:]) if set(line) == {"-"} and lines[n].strip()]
    ends = [*headings[1:], len(lines)]
    return [(lines[begin], "\n".join(lines[begin:end])) for begin, end in zip(headings, ends, strict=True)]


@pytest.mark.parametrize("line", ["import app", "from os import environ", "import gradio", "import chromadb"])
def test_ruff_names_the_home_of_what_is_imported_elsewhere(line, broken):
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--select",
        "TID251",
        "--stdin-filename",
        "corpus/x.py",
        "-",
    ]
    done = subprocess.run(command, cwd=broken, input=f"{line}\n", capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "TID251" in done.stdout


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the git history")
def test_the_top_level_holds_the_rooms_and_nothing_else():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    packages = {path.split("/")[0] for path in tracked if "/" in path}
    modules = {path for path in tracked if "/" not in path and path.endswith(".py")}
    assert packages <= {*ROOMS, "docs", "tests", ".ci"}
    assert modules <= {"app.py", "run.py"}


def test_tests_are_not_packages():
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("name", ["utils", "helpers", "helper", "manager", "common", "misc"])
def test_no_module_is_a_drawer_for_everything(name):
    assert not [path for room in ROOMS for path in (ROOT / room).rglob(f"*{name}*.py")]
