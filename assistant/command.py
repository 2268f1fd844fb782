"""Commands for people and programs: ask, show, export, verify, index, check."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from corpus.errors import ExplainedError

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)


def explained(command: Command) -> Command:
    """Print an operator's error as prose with its remedy and exit 2; a stop by Ctrl-C exits 130 quietly."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except ExplainedError as error:
            click.echo(f"{error.what}\n{error.fix}".rstrip(), err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            click.echo("\n已停止。 Stopped.", err=True)
            sys.exit(130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)

    return cast(Command, run)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Answer questions from official policy texts, with the exact provision and its words.

    \b
    按文件原文回答政策问题，并注明条款。
      python -m assistant ask "街道的孵化中心要有哪些房间？"
      python -m assistant show 指引第四条
    """


@main.command()
@click.argument("question", required=False)
@click.option(
    "--role",
    type=click.Choice(["resident", "staff", "trainer"]),
    default="resident",
    show_default=True,
    help="Who is asking. 提问的人。",
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="Language of the answer; by default that of the question. 回答的语言。",
)
@click.option(
    "--history", type=_FILE, help='Earlier turns: a JSON array [["user","…"],["assistant","…"]]. 之前的对话。'
)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON. 输出 JSON。")
@click.option(
    "--batch",
    type=_FILE,
    metavar="IN.jsonl",
    help="Answer a file of questions, one JSON object a line. 批量提问。",
)
@click.option(
    "--out", type=_FILE, metavar="OUT.jsonl", help="Where the replies of --batch go. 批量回答写到哪里。"
)
@explained
def ask(
    question: str | None,
    role: str,
    lang: str | None,
    history: Path | None,
    as_json: bool,
    batch: Path | None,
    out: Path | None,
) -> None:
    """Answer QUESTION, or a whole file with --batch.

    \b
    A line of the batch: {"id": "q1", "question": "…", "history": [], "role": "staff", "lang": "zh"}
    Only "question" is needed. Replies come in the same order, one a line.
    """
    if batch is not None:
        if question is not None or out is None:
            raise click.UsageError(
                "--batch takes a file and --out, and no QUESTION. --batch 要配 --out，不要再写问题。"
            )
        _ask_batch(batch, out)
        return
    if out is not None:
        raise click.UsageError("--out goes with --batch. --out 只和 --batch 一起用。")
    if question is None:
        raise click.UsageError(
            'Write a question: python -m assistant ask "街道的孵化中心叫什么？"  请写上问题。'
        )
    from assistant.batch import question_of, read_history
    from assistant.settings import load_settings
    from assistant.wiring import open_assistant

    turns = read_history(history) if history else []
    reply = open_assistant(load_settings()).ask(
        question_of({"question": question, "history": turns, "role": role, "lang": lang})
    )
    if as_json:
        _print_json(reply.to_json())
        return
    click.echo(reply.answer)
    for note in reply.notes:
        click.echo(f"\n· {note}" if note == reply.notes[0] else f"· {note}")
    if reply.next_step:
        click.echo(f"\n→ {reply.next_step}")


def _ask_batch(batch: Path, out: Path) -> None:
    from assistant.batch import answer_line, run_batch
    from assistant.settings import load_settings
    from assistant.wiring import open_assistant

    assistant = None

    def answer(line: int, text: str) -> dict[str, Any]:
        nonlocal assistant
        assistant = assistant or open_assistant(load_settings())
        return answer_line(line, text, assistant.ask)

    count = run_batch(batch, out, answer, label="ask")
    click.echo(f"{count} 条已回答，写入 {out}。 {count} answered.", err=True)


@main.command()
@click.option(
    "--batch",
    type=_FILE,
    required=True,
    metavar="IN.jsonl",
    help='Statements: {"id","statement","provisions":["guide/4"]} a line.',
)
@click.option(
    "--out", type=_FILE, required=True, metavar="OUT.jsonl", help='Verdicts: {"id","supported","why"} a line.'
)
@explained
def verify(batch: Path, out: Path) -> None:
    """Check statements against the provisions they cite. 核对说法与条文是否相符。"""
    from assistant.batch import run_batch, verify_line
    from assistant.settings import load_settings
    from corpus.library import load_library

    library = load_library(load_settings().documents)
    count = run_batch(batch, out, lambda line, text: verify_line(line, text, library), label="verify")
    click.echo(f"{count} 条已核对，写入 {out}。 {count} checked.", err=True)


@main.command()
@click.argument("provision", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines. 输出 JSON。")
@explained
def show(provision: str | None, as_json: bool) -> None:
    """Show a provision by id or citation (guide/4, 指引第四条, 方案二（三）); without one, every node as JSON lines."""
    from assistant.settings import load_settings
    from corpus.citation import cite
    from corpus.library import load_library
    from corpus.reference import resolve
    from corpus.show import show_rows

    library = load_library(load_settings().documents)
    if provision is None:
        for row in show_rows(library):
            _print_json(row)
        return
    ids = resolve(library, provision)
    if not ids:
        raise ExplainedError(
            f"没有找到“{provision}”。 There is no such provision.", fix="看看有哪些：python -m assistant show"
        )
    if len(ids) > 1:
        click.echo(f"“{provision}”可能指（it may mean）：", err=True)
        for id in ids:
            click.echo(f"  {id}\t{cite(library, id)}", err=True)
        sys.exit(2)
    rows = [row for row in show_rows(library) if row["id"] == ids[0]]
    if as_json:
        _print_json(rows[0])
        return
    click.echo(f"{rows[0]['label']}（{ids[0]}）\n")
    click.echo(str(rows[0]["text"]).strip())
    translation = library.translation(ids[0])
    if translation:
        click.echo(f"\n[参考译文 reference translation]\n{translation}")


@main.command()
@click.argument("form", type=click.Choice(["matrix", "selfcheck", "duties"]))
@click.argument("out", type=_FILE, metavar="OUT")
@click.option("--tier", default="street", show_default=True, help="city, district, street：自查表的级别。")
@click.option(
    "--actor", help="city, district, street, operator …：只列这个主体的职责。 Duties of one actor only."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@explained
def export(form: str, out: Path, tier: str, actor: str | None, lang: str) -> None:
    """Write a form to OUT: the tiers side by side, an empty self-check, or the duties.

    \b
    导出三级对照表、自查表或职责清单；文件名以 .docx 结尾，职责清单也可以用 .csv。
      python -m assistant export duties 职责清单.csv --actor district
    """
    from assistant.facilities.export import make_form
    from assistant.question import Language
    from assistant.settings import load_settings
    from corpus.library import load_library

    library = load_library(load_settings().documents)
    content = make_form(form, out.suffix, library, tier=tier, actor=actor, language=Language(lang))
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ExplainedError(
            f"写不了 {out}：{error.strerror}。 It cannot be written.",
            fix="换一个位置。 Choose another place.",
        ) from error
    click.echo(f"已写入 {out}。 Written.", err=True)


@main.command()
@explained
def index() -> None:
    """Build the index, or leave it when nothing has changed. 建立索引。"""
    from assistant.settings import load_settings
    from index.unchanged import Inputs, find_unchanged

    settings = load_settings()
    inputs = None if settings.embedding or settings.chroma_url else Inputs.take(settings.documents)
    generation = find_unchanged(settings.index, inputs) if inputs else None
    if generation is not None:  # without importing what a build needs, which takes longer than all this
        click.echo(generation.summary(), err=True)
        return
    from assistant.wiring import embedder_of
    from corpus.library import load_library
    from index.generation import build_index

    library = load_library(settings.documents)
    with _Progress("index") as progress:
        generation = build_index(
            library,
            embedder_of(settings),
            settings.index,
            chroma_url=settings.chroma_url,
            progress=progress.report,
            inputs=inputs,
        )
    click.echo(generation.summary(), err=True)


@main.command()
@explained
def check() -> None:
    """Report what is here and whether it can answer: documents, model, index, language model. 自检。"""
    from assistant.checkup import checkup
    from assistant.settings import load_settings

    healthy = True
    for finding in checkup(load_settings()):
        click.echo(f"{'✓' if finding.well else '✗'} {finding.text}")
        healthy = healthy and finding.well
    sys.exit(0 if healthy else 1)


@main.command()
@click.argument("state", required=False, type=click.Choice(["on", "off"]))
@explained
def model(state: str | None) -> None:
    """Switch the language model off or on, at once and without a restart. 立即关闭或打开语言模型。"""
    from assistant.settings import load_settings

    switch = load_settings().model_off
    try:
        if state == "off":
            switch.touch()
        elif state == "on":
            switch.unlink(missing_ok=True)
    except OSError as error:
        raise ExplainedError(
            f"改不了 {switch}：{error.strerror}。 It cannot be changed.",
            fix="检查权限。 Check the permissions.",
        ) from error
    off = switch.exists()
    click.echo("语言模型已关闭，回答直接引用原文。 Off." if off else "语言模型没有关闭。 Not switched off.")


class _Progress:
    """A progress bar on standard error; silent when that is not a terminal."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def report(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` passages are finished."""
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(total=total, desc=self._label, unit="p", disable=None, file=sys.stderr)
        self._bar.total = total
        self._bar.update(done - self._bar.n)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").splitlines()
