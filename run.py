"""Set up what is missing and start. Needs the standard library alone, and is quick when there is nothing to do.

`./run` and, on Windows, `python run.py` come here. Packages are installed in stages, each with a stamp that is written
last, so an interrupted stage is done again. Which stages there are, and why: docs/adr/0001.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
STATE = ROOT / ".run"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELHOUSE = ROOT / "wheelhouse"

TORCH = "2.13.0"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"

DONE = "done"
WAITING = "waiting for torch"

HELP = """\
./run [--host H] [--port P]   打开问答页面，缺什么先装什么     open the page, setting up first what is missing
./run test [PYTEST ARGS]      装齐并做全部检查                 the same environment, then every check
./run ask "问题"              命令行提问                       ask from the command line
./run WORD …                  其他词交给 python -m assistant   any other word goes to python -m assistant
./run models [--cuda]         其他向量模型和训练所需的包       packages for other embedding models and for training

Windows: python run.py …      环境变量 Environment: PYTHON, PIP_INDEX_URL, TORCH_INDEX_URL, CHROMIUM"""

NO_TORCH = (
    "没有取到 torch 的 CPU 版，已略过（.run/pip.log）。页面和自带的模型用不着它；换用其他向量模型、训练模型要等它。"
    "再试一次：./run models；接受 CUDA 版（约 4.5 GB）：./run models --cuda。",
    "No CPU build of torch was to be had, so it was left out (.run/pip.log). The page and the bundled model do not need it;"
    " other embedding models and training wait for it. To try again: ./run models. To accept the CUDA build (about"
    " 4.5 GB): ./run models --cuda.",
)


class SetupError(Exception):
    """What went wrong and how to put it right, in Chinese and in English."""


def main(words: list[str]) -> int:
    """Do what the words ask and return the exit status."""
    word, *rest = words if words and not words[0].startswith("-") else ["", *words]
    if word == "help" or (not word and {"-h", "--help"} & set(rest)):
        print(HELP)
        return 0
    if word == "models":
        return models(cuda="--cuda" in rest)
    ensure("run")
    if word == "test":
        ensure("models")
        ensure("dev")
        build_index()
        return become("tests/checks.py", *rest)
    if word:
        return become("-m", "assistant", word, *rest)
    build_index()
    begin_models()
    return become("app.py", *rest)


def models(*, cuda: bool) -> int:
    """Install what other embedding models and training need; tries again what was not to be had before."""
    ensure("run")
    if state("models") == WAITING:
        stamp("models").unlink()
    ensure("models", cuda=cuda)
    return 0 if state("models") == DONE else 1


def begin_models() -> None:
    """Let the packages that need torch follow behind the page, or say that they wait for torch."""
    if state("models") == WAITING:
        say(
            "换用其他向量模型、训练模型要等 torch：./run models",
            "Other models and training wait for torch: ./run models",
        )
    if state("models"):
        return
    gently = ["nice"] if shutil.which("nice") else []
    command = [*gently, sys.executable, "run.py", "models"]
    with (STATE / "models.log").open("wb") as log:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    say(
        "页面先开；换用其他向量模型、训练模型所需的包（torch，只要 CPU 版）在后台接着装，没有 CPU 版就略过。详情：./run models",
        "The page comes first. What other models and training need (torch, CPU build only) follows in the background,"
        " and is left out where there is no CPU build. More: ./run models",
    )


# Stages --------------------------------------------------------------------------------------------------------------


def ensure(stage: str, *, cuda: bool = False) -> None:
    """Install a stage unless its stamp says that it is there; raises SetupError."""
    if state(stage):
        return
    with one_at_a_time():
        if state(stage):
            return
        make_environment()
        if stage == "models" and not has("torch"):
            say("安装 torch（单独一步）…", "Installing torch, on its own …")
            output = pip("install", *torch(cuda=cuda), check=False)
            if not has("torch"):
                say(*NO_TORCH)
                # Only a lasting reason is remembered: after a lost network the next start tries again.
                if "No matching distribution" in output or "ResolutionImpossible" in output:
                    write_stamp(stage, WAITING)
                return
        say(f"安装软件包（{stage}）…", f"Installing packages ({stage}) …")
        pip("install", *requirements(stage))
        write_stamp(stage, DONE)


def requirements(stage: str) -> list[str]:
    """The packages of a group in pyproject.toml."""
    import tomllib  # here, because it costs as much as everything else on a day when nothing is to be done

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups: dict[str, list[str]] = project["dependency-groups"]
    return groups[stage]


def torch(*, cuda: bool) -> list[str]:
    """What pip needs to install torch: on Linux the local version `+cpu`, which no CUDA build can satisfy."""
    if cuda:
        return [f"torch=={TORCH}"]
    build = "+cpu" if sys.platform == "linux" else ""
    index = os.environ.get("TORCH_INDEX_URL", TORCH_INDEX)
    return ["--retries", "0", "--timeout", "15", "--extra-index-url", index, f"torch=={TORCH}{build}"]


def stamp(stage: str) -> Path:
    """The file that says what became of a stage."""
    return VENV / f".stamp-{stage}"


def state(stage: str) -> str:
    """DONE, WAITING, or "" if the stage is still to be made or the pins or the Python have changed since."""
    try:
        key, said = stamp(stage).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return ""
    return said if key == environment_key() else ""


def write_stamp(stage: str, said: str) -> None:
    """Remember what became of a stage."""
    stamp(stage).write_text(f"{environment_key()}\n{said}", "utf-8")


def environment_key() -> str:
    """A digest of what the packages depend on: the pins, the interpreter, and where this folder is."""
    files = [ROOT / "pyproject.toml", ROOT / "constraints.txt", VENV / "pyvenv.cfg"]
    texts = [path.read_text("utf-8") for path in files if path.exists()]
    return hashlib.sha256("\0".join([str(ROOT), os.path.realpath(PYTHON), *texts]).encode()).hexdigest()


# Environment and pip -------------------------------------------------------------------------------------------------


def make_environment() -> None:
    """Make .venv, or make it anew if it cannot be used, and sweep away packages that were cut off half-way."""
    if has("pip") and subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        unfinished = [path for path in site_packages().glob("*.dist-info") if not whole(path)]
        for path in (*unfinished, *site_packages().glob("~*")):
            shutil.rmtree(path, ignore_errors=True)
        return
    say("准备 Python 环境（.venv）…", "Making the Python environment (.venv) …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, check=False)
    if made.returncode:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise SetupError(
            f"这个 Python（{sys.executable}）建不了虚拟环境。Debian、Ubuntu：apt-get install {package}（或 python3-venv），再运行一次。\n"
            f"This Python ({sys.executable}) cannot make a virtual environment. On Debian or Ubuntu:"
            f" apt-get install {package} (or python3-venv), then run this again.\n{made.stderr.decode(errors='replace')}"
        )


def site_packages() -> Path:
    """Where the environment keeps its packages."""
    return next(VENV.glob("[Ll]ib/**/site-packages"), VENV)


def has(package: str) -> bool:
    """Whether a package is there in full."""
    return any(whole(path) for path in site_packages().glob(f"{package}-*.dist-info"))


def whole(dist_info: Path) -> bool:
    """Whether pip came to the end of installing this: INSTALLER is written after the files."""
    return (dist_info / "INSTALLER").exists()


def pip(*arguments: str, check: bool = True) -> str:
    """Run pip, its output into .run/pip.log and its latest line on a terminal; raises SetupError if `check`."""
    source = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.exists() else []
    action, *rest = arguments
    options = ["--disable-pip-version-check", "--no-input", "-c", "constraints.txt", *source]
    command = [str(PYTHON), "-m", "pip", action, *options, *rest]
    lines = []
    # pip shares the lock's file (close_fds), so that it stays locked even if this process is killed and pip is not.
    with (STATE / "pip.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, close_fds=False)
        for line in process.stdout or ():
            log.write(line)
            lines.append(line.decode(errors="replace"))
            if sys.stdout.isatty():
                print("\r" + lines[-1].strip()[:78].ljust(78), end="\r", flush=True)
    if sys.stdout.isatty():
        print(" " * 78, end="\r", flush=True)
    if process.wait() and check:
        raise install_failed("".join(lines))
    return "".join(lines)


def install_failed(output: str) -> SetupError:
    """What to say when pip gave up."""
    offline = (
        "\n现在只从 wheelhouse/ 取包；想用网络，删去这个文件夹。Packages come from wheelhouse/ only; delete it to use the network."
        if WHEELHOUSE.exists()
        else ""
    )
    return SetupError(
        f"{''.join(output.splitlines(keepends=True)[-12:])}\n"
        "软件包没有装完。网络恢复后再运行同一条命令，已下载的不会重来；换镜像：PIP_INDEX_URL=… ./run。全部记录：.run/pip.log\n"
        "The packages were not all installed. Run the same command again when the network is back; what was downloaded is"
        f" kept. To use a mirror: PIP_INDEX_URL=… ./run. Full record: .run/pip.log{offline}"
    )


# Index, start and small things ---------------------------------------------------------------------------------------


def build_index() -> None:
    """Build the index if the corpus, the model, the code of either or a setting has changed since the last time."""
    note = STATE / "index"
    key = index_key()
    built = Path(os.environ.get("POLICY_INDEX", ROOT / "index" / "built"))
    if built.is_dir() and note.exists() and note.read_text("utf-8") == key:
        return
    if subprocess.call([PYTHON, "-m", "assistant", "index"]):
        raise SetupError("索引没有建成，原因见上。The index was not built; the reason is above.")
    # pip compiles the packages; where Python may not write bytecode by itself, the rooms need it too.
    subprocess.call([PYTHON, "-m", "compileall", "-q", "app.py", "assistant", "corpus", "evals", "index"])
    note.write_text(key, "utf-8")


def index_key() -> str:
    """A digest of names, sizes and times, quick to make."""
    inside = (p for room in ("corpus", "index") for p in (ROOT / room).rglob("*") if "built" not in p.parts)
    files = sorted(p for p in inside if p.is_file() and p.suffix != ".pyc")
    facts = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    names = sorted(name for name in os.environ if name.startswith(("POLICY_", "CHROMA_")))
    settings = [f"{name}={os.environ[name]}" for name in names]
    if (ROOT / ".env").exists():
        settings.append((ROOT / ".env").read_text("utf-8"))
    return hashlib.sha256("\n".join([environment_key(), *settings, *facts]).encode()).hexdigest()


def become(*arguments: str) -> int:
    """Go on as another program of the environment; on Windows, where that cannot be, wait for it."""
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the set-up lock; the system frees it whatever happens to this process."""
    with (STATE / "lock").open("ab") as lock:
        os.set_inheritable(lock.fileno(), True)
        waiting = False
        while not try_lock(lock.fileno()):
            if not waiting:
                say("另一个安装正在进行，等它做完…", "Another set-up is at work; waiting for it …")
            waiting = True
            time.sleep(0.3)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock on an open file, or say that it is taken."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def say(chinese: str, english: str) -> None:
    """Tell the person at the keyboard, in both languages."""
    print(f"{chinese}\n{english}", flush=True)


if __name__ == "__main__":
    # The one file that an older Python may meet, so its syntax is an older one.
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(
            "需要 Python 3.11 或更新的版本。Python 3.11 or newer is needed; this is " + sys.version.split()[0]
        )
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    os.chdir(ROOT)
    STATE.mkdir(exist_ok=True)
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit("\n已中断；再运行一次就接着做。Interrupted; run it again to go on.")
