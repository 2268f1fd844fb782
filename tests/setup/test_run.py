"""./run on a machine that lacks something says what, and an interrupted set-up can be done again."""

import ast
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("run", "run.py", "pyproject.toml", "constraints.txt")
posix = pytest.mark.skipif(os.name == "nt", reason="./run is for POSIX; Windows has run.py")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The set-up's own files in an empty folder."""
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.fixture
def setup(bare: Path) -> ModuleType:
    """run.py of that folder, as a module."""
    spec = importlib.util.spec_from_file_location(f"run_in_{bare.name}", bare / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.STATE.mkdir()
    return module


def call(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start ./run in a folder."""
    command = [folder / "run", *words] if os.name != "nt" else [sys.executable, "run.py", *words]
    variables = {**os.environ, "PYTHON": sys.executable, **environment}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


@posix
def test_help_is_quick_and_touches_nothing(bare):
    began = time.monotonic()
    done = call(bare, "--help")
    assert time.monotonic() - began < 2
    assert done.returncode == 0
    assert "./run test" in done.stdout
    assert not (bare / ".venv").exists()


@posix
def test_an_old_python_is_told_which_is_needed(bare):
    old = bare / "bin" / "python3"
    old.parent.mkdir()
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\nexit 1\n')
    old.chmod(0o755)
    for tool in ("sh", "dirname"):
        (old.parent / tool).symlink_to(shutil.which(tool))
    done = call(bare, PYTHON="", PATH=str(old.parent))
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr


def test_an_old_python_can_read_run_py_as_far_as_that_message():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


@posix
def test_a_python_that_cannot_make_environments_is_told_the_package(setup, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(setup.SetupError, match=rf"python3\.{sys.version_info.minor}-venv"):
        setup.make_environment()


def test_without_a_network_it_says_so_and_leaves_no_stamp(bare):
    done = call(bare, "check", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 1
    assert "PIP_INDEX_URL" in done.stderr
    assert (bare / ".venv").is_dir()
    assert not list((bare / ".venv").glob(".stamp-*"))


def test_a_stamp_holds_until_the_pins_change(setup):
    setup.VENV.mkdir()
    setup.write_stamp("run", setup.DONE)
    assert setup.state("run") == setup.DONE
    with (setup.ROOT / "constraints.txt").open("a") as pins:
        pins.write("another==1.0\n")
    assert setup.state("run") == ""


def test_a_stamp_does_not_move_with_the_folder(setup, monkeypatch):
    setup.VENV.mkdir()
    setup.write_stamp("run", setup.DONE)
    monkeypatch.setattr(setup, "ROOT", setup.ROOT / ".")
    assert setup.state("run") == setup.DONE
    elsewhere = setup.ROOT.with_name(setup.ROOT.name + "-moved")
    shutil.copytree(setup.ROOT, elsewhere)
    monkeypatch.setattr(setup, "ROOT", elsewhere)
    assert setup.state("run") == ""


def test_a_torn_stamp_counts_as_none(setup):
    setup.VENV.mkdir()
    setup.stamp("run").write_text(hashlib.sha256().hexdigest())
    assert setup.state("run") == ""


def test_packages_cut_off_half_way_are_swept_and_whole_ones_kept(setup):
    subprocess.run([sys.executable, "-m", "venv", setup.VENV], check=True)
    packages = setup.site_packages()
    for name in ("half-1.0.dist-info", "~alf-0.9.dist-info", "full-1.0.dist-info"):
        (packages / name).mkdir()
        (packages / name / "METADATA").write_text("Metadata-Version: 2.1\n")
    (packages / "full-1.0.dist-info" / "INSTALLER").write_text("pip\n")
    setup.make_environment()
    assert not setup.has("half")
    assert not (packages / "~alf-0.9.dist-info").exists()
    assert setup.has("full")
    assert setup.has("pip")


def test_half_an_environment_is_made_anew(setup):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", setup.VENV], check=True)
    setup.make_environment()
    assert setup.has("pip")


def test_only_one_set_up_works_at_a_time(setup):
    order = []

    def second() -> None:
        with setup.one_at_a_time():
            order.append("second")

    with setup.one_at_a_time():
        other = threading.Thread(target=second)
        other.start()
        time.sleep(0.5)
        order.append("first")
    other.join(timeout=10)
    assert order == ["first", "second"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has CUDA builds under the plain version")
def test_torch_is_never_a_cuda_build_unless_asked_for(setup):
    assert setup.torch(cuda=False)[-1].endswith("+cpu")
    assert not setup.torch(cuda=True)[-1].endswith("+cpu")


def test_the_index_is_built_again_when_a_document_changes(setup):
    document = setup.ROOT / "corpus" / "documents" / "a" / "text.md"
    document.parent.mkdir(parents=True)
    document.write_text("第一条（示例）")
    (setup.ROOT / "index").mkdir()
    before = setup.index_key()
    assert setup.index_key() == before
    document.write_text("第一条（示例）。")
    assert setup.index_key() != before
