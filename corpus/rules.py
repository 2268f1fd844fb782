"""Read ``rules.toml``: what a document fixes, as data that rests on exact words of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.document import Document
from corpus.errors import ExplainedError

TIERS = ("city", "district", "street")
MODALITIES = ("must", "may", "encouraged", "advocated", "must_not", "plain")
KINDS = (
    "list",
    "number",
    "date",
    "name",
    "duty",
    "permission",
    "purpose",
    "target",
    "definition",
    "means",
    "body",
)


class RulesError(ExplainedError):
    """An entry of the rules or questions does not fit its document; names the file, the entry and what is wrong."""

    def __init__(self, path: Path, entry: str, what: str, *, fix: str = "") -> None:
        super().__init__(f"{path}, {entry}: {what}", fix=fix)
        self.path = path
        self.entry = entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a provision says, in a sentence that stands alone."""

    id: str
    provision: str
    words: str
    say: str
    say_en: str = ""
    about: str
    """The aspect; the same word for siblings that differ only by tier."""
    tier: tuple[str, ...] = ()
    kind: str
    modality: str
    items: tuple[str, ...] = ()
    open_list: bool = False
    """True when the list ends in 等, so that what it leaves out is not ruled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room or area that a tier's institution has."""

    tier: str
    name: str
    need: str
    """``separate`` (应独立设置) or ``as_needed`` (根据需要设立)."""
    provision: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTemplate:
    """How a tier's institution is called."""

    tier: str
    unit: str
    """``centre`` or ``base``."""
    template: str
    """With ``{place}`` where the place's name goes."""
    place_suffix: tuple[str, ...] = ()
    provision: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that a tier's institution offers."""

    tier: str
    name: str
    provision: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number to be reached."""

    id: str
    scope: str
    """``urban``, ``rural`` or ``each`` community."""
    at_least: int
    unit: str
    by: str
    provision: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stage of the work with its first and last month."""

    id: str
    name: str
    start: str
    """As ``2021-09``."""
    end: str
    who: str = ""
    what: str = ""
    provision: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who has to do what, how binding it is, and by when."""

    id: str
    actor: tuple[str, ...]
    must: str
    what: str
    what_en: str = ""
    by: str = ""
    by_kind: str = ""
    """``before`` (于某日前), ``end_of`` (某月底前), or empty."""
    provision: str
    words: str


Entry = Fact | Room | NameTemplate | Service | Target | Phase | Duty

_TABLES: Mapping[str, type[Entry]] = MappingProxyType(
    {
        "fact": Fact,
        "room": Room,
        "name": NameTemplate,
        "service": Service,
        "target": Target,
        "phase": Phase,
        "duty": Duty,
    }
)
_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("fact", "kind"): KINDS,
        ("fact", "modality"): MODALITIES,
        ("fact", "tier"): TIERS,
        ("room", "tier"): TIERS,
        ("room", "need"): ("separate", "as_needed"),
        ("name", "tier"): TIERS,
        ("name", "unit"): ("centre", "base"),
        ("service", "tier"): TIERS,
        ("target", "scope"): ("urban", "rural", "each"),
        ("duty", "must"): MODALITIES,
        ("duty", "by_kind"): ("", "before", "end_of"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that the documents fix, in the order of the documents and of their files."""

    facts: tuple[Fact, ...] = ()
    rooms: tuple[Room, ...] = ()
    names: tuple[NameTemplate, ...] = ()
    services: tuple[Service, ...] = ()
    targets: tuple[Target, ...] = ()
    phases: tuple[Phase, ...] = ()
    duties: tuple[Duty, ...] = ()


def read_rules(path: Path, document: Document) -> list[Entry]:
    """Return the entries of one document's ``rules.toml``, table by table; none when there is no such file.

    Raises RulesError when the file is not TOML, an entry lacks a field or has a wrong one, names a provision that
    is not a leaf of ``document``, or rests on words that the leaf does not have.
    """
    if not path.exists():
        return []
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RulesError(path, f"byte {error.start}", "not UTF-8.", fix="Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise RulesError(path, "file", f"not valid TOML: {error}.") from error
    entries: list[Entry] = []
    for table, rows in tables.items():
        if table not in _TABLES:
            raise RulesError(path, f"[[{table}]]", "no such table.", fix=f"Known are: {', '.join(_TABLES)}.")
        if not isinstance(rows, list):
            raise RulesError(
                path, f"[{table}]", "a single table.", fix=f"Write [[{table}]] above each entry."
            )
        for position, row in enumerate(rows, start=1):
            name = f"[[{table}]] {row.get('id', f'number {position}')}"
            entry = _read_entry(path, name, table, row)
            _verify(path, name, entry, document)
            entries.append(entry)
    return entries


def gather_rules(found: Mapping[Path, list[Entry]]) -> Rules:
    """Join the entries of all documents.

    Raises RulesError when an id is used twice.
    """
    owners: dict[tuple[type, str], Path] = {}
    for path, entries in found.items():
        for entry in entries:
            id = getattr(entry, "id", None)
            if id is None:
                continue
            if (type(entry), id) in owners:
                raise RulesError(
                    path, id, f"the id is taken in {owners[type(entry), id]}.", fix="Choose another."
                )
            owners[type(entry), id] = path
    every = [entry for entries in found.values() for entry in entries]
    return Rules(
        facts=tuple(entry for entry in every if isinstance(entry, Fact)),
        rooms=tuple(entry for entry in every if isinstance(entry, Room)),
        names=tuple(entry for entry in every if isinstance(entry, NameTemplate)),
        services=tuple(entry for entry in every if isinstance(entry, Service)),
        targets=tuple(entry for entry in every if isinstance(entry, Target)),
        phases=tuple(entry for entry in every if isinstance(entry, Phase)),
        duties=tuple(entry for entry in every if isinstance(entry, Duty)),
    )


def _read_entry(path: Path, name: str, table: str, row: Mapping[str, Any]) -> Entry:
    kind = _TABLES[table]
    known = {field.name: field for field in fields(kind)}
    unknown = [key for key in row if key not in known]
    if unknown:
        raise RulesError(path, name, f"unknown: {', '.join(unknown)}.", fix=f"Known are: {', '.join(known)}.")
    missing = [key for key, field in known.items() if key not in row and field.default is MISSING]
    if missing:
        raise RulesError(path, name, f"missing: {', '.join(missing)}.")
    values: dict[str, Any] = {
        key: _read_value(path, name, key, value, known[key].type) for key, value in row.items()
    }
    for key, value in values.items():
        choices = _CHOICES.get((table, key))
        chosen = value if isinstance(value, tuple) else (value,)
        if choices is not None and not set(chosen) <= set(choices):
            raise RulesError(
                path, name, f"{key} is {value!r}.", fix=f"It may be: {', '.join(filter(None, choices))}."
            )
    return kind(**values)


def _read_value(path: Path, name: str, key: str, value: object, wanted: object) -> object:
    if wanted is str and isinstance(value, str):
        return value
    if wanted is bool and isinstance(value, bool):
        return value
    if wanted is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if wanted == tuple[str, ...] and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    expected = {str: "a text", bool: "true or false", int: "a whole number"}.get(wanted, "a list of texts")  # type: ignore[call-overload]
    raise RulesError(path, name, f"{key} is {value!r}, not {expected}.")


def _verify(path: Path, name: str, entry: Entry, document: Document) -> None:
    """Check that the entry's words, and each of its items, are really there."""
    provision = document.provisions.get(entry.provision)
    if provision is None or not provision.is_leaf:
        state = "no such provision" if provision is None else "not a leaf"
        raise RulesError(
            path, name, f"provision {entry.provision}: {state}.", fix="Run: python -m assistant show"
        )
    if not entry.words or entry.words not in document.text_of(provision):
        raise RulesError(
            path, name, f"{entry.provision} does not say: {entry.words}", fix="Copy the words exactly."
        )
    if isinstance(entry, Fact):
        if not entry.id.startswith(f"{document.slug}-"):
            raise RulesError(path, name, f"the id does not begin with {document.slug}-.")
        absent = [item for item in entry.items if item not in entry.words]
        if absent:
            raise RulesError(
                path, name, f"items that are not in words: {'、'.join(absent)}", fix="Copy them exactly."
            )
