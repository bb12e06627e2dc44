"""`dragoman actors`: ask the directory of actors, and add one's own to it."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.main import settings_of
from dragoman.errors import DataError, UsageError

if TYPE_CHECKING:
    from dragoman.actors.directory import Directory, Entity, Holding, Office

app = typer.Typer(
    help="Find and show actors of the directory; add or import one's own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_ON_DAY = re.compile(r"[,;]? (?:on|as of|in) (\d{4}-\d{2}-\d{2})\s*$", re.IGNORECASE)
_OFFICES = ("head-of-state", "head-of-government", "leader", "foreign-minister", "defence-minister")
_SHOWN = 80  # characters of a name that an error repeats
Extra = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="A file of further actors; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def _directory(context: typer.Context, extra: list[Path] | None) -> Directory:
    from dragoman.actors.directory import Directory
    from dragoman.actors.directory_user import user_files

    named = [Path(name) for name in settings_of(context).actors]
    return Directory.load([*user_files(), *named, *(extra or ())])


def _day(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{option} is {text!r}, which is no date. Write it as 2022-02-07."
        ) from error


@app.command("find")
def find(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, or an office: 'foreign minister of Iran'.")],
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Those in office on this day come first."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Who held the office NAME on this day."),
    ] = None,
    actors: Extra = None,
    as_json: AsJson = False,
) -> None:
    """Who goes by a name, or who held an office on a day."""
    directory = _directory(context, actors)
    name, told = _with_day(name)
    asked = _day(as_of, "--as-of") or told
    day = _day(date, "--date") or asked
    if asked is not None:
        held = directory.held(name, asked)
        if held:
            for holding in held:
                _print_holding(holding, as_json)
            return
    found = directory.lookup(name, date=day)
    if not found:
        raise UsageError(
            f"{_short(name)!r} is not known. A name is looked for whole or by its family name; an "
            f"office needs --as-of DATE and its state or body: 'foreign minister of Iran'."
        )
    for entity in found:
        _print_entity(directory, entity, day, as_json)


def _with_day(name: str) -> tuple[str, str | None]:
    """A name, and the day that is written behind it ("foreign minister of Iran on 2015-07-14")."""
    if not name.strip():
        raise UsageError(
            "The name is empty. Give a name, or an office: 'foreign minister of Iran'."
        )
    found = _ON_DAY.search(name)
    if found is None:
        return name, None
    return name[: found.start()], _day(found.group(1), "The day in the name")


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _print_holding(holding: Holding, as_json: bool) -> None:
    if as_json:
        _print_json(holding.to_dict())
        return
    office = holding.office
    typer.echo(
        f"{holding.id:32} {holding.name} · {office.title}, {office.body} · "
        f"{office.start or '?'} to {office.end or 'now'}{_doubt(office)}"
    )


def _doubt(office: Office) -> str:
    return f" (last known {office.seen})" if office.end is None and office.seen else ""


def _print_entity(directory: Directory, entity: Entity, day: str | None, as_json: bool) -> None:
    if as_json:
        _print_json(entity.to_dict())
        return
    office = directory.office_on(entity.id, day) if day else None
    role = f" · {office.title}, {office.body}" if office is not None else ""
    code = " ".join((entity.code or "-", *entity.sectors))
    typer.echo(f"{entity.id:32} {entity.name} · {entity.kind} · {code}{role}")


def _print_json(value: object) -> None:
    import orjson

    typer.echo(orjson.dumps(value).decode())


@app.command("show")
def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="An id, as `actors find` gives it.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Offices held, or held there, on this day."),
    ] = None,
    actors: Extra = None,
    as_json: AsJson = False,
) -> None:
    """All that the directory knows of one actor."""
    directory = _directory(context, actors)
    day = _day(as_of, "--as-of")
    if id not in directory:
        near = directory.lookup(id.replace("-", " "))
        hint = f" Did you mean {near[0].id}?" if near else ""
        raise UsageError(
            f"No actor has the id {_short(id)!r}.{hint} `dragoman actors find NAME` looks."
        )
    entity = directory.entity(id)
    if as_json:
        _print_json(entity.to_dict())
        return
    for line in _lines(entity, day):
        typer.echo(line)
    if day is not None and entity.kind != "person":
        held = [h for o in _OFFICES for h in directory.holders(o, entity.id, day)[:1]]
        for holding in dict.fromkeys(held):
            seen = holding.office.seen
            doubt = _doubt(holding.office) if seen is not None and seen < day else ""
            typer.echo(f"  on {day}: {holding.office.title}: {holding.name} ({holding.id}){doubt}")


def _lines(entity: Entity, day: str | None) -> list[str]:
    lines = [f"{entity.name} ({entity.id})"]
    told = {
        "kind": entity.kind,
        "code": " ".join((entity.code or "-", *entity.sectors)),
        "names": ", ".join(n for n in entity.names if n != entity.name),
        "in short": ", ".join(entity.family),
        "part of": entity.part_of,
        "members": " ".join(entity.members),
        "gender": entity.gender,
        "born": entity.born,
        "died": entity.died,
        "until": entity.until,
        "Wikidata": entity.wikidata,
        "source": entity.source,
    }
    lines += [f"  {what:9} {value}" for what, value in told.items() if value]
    for office in entity.offices:
        if day is not None and not office.held_on(day):
            continue
        end = office.end or (f"last known {office.seen}" if office.seen else "now")
        place = f"{office.body} {office.sector}".strip()
        lines.append(
            f"  {office.start or '?'} to {end}: {office.title}, {place} ({office.office}; "
            f"{office.source})"
        )
    return lines


@app.command("add")
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Actors in TOML or CSV.")],
    check: Annotated[bool, typer.Option("--check", help="Only check the file.")] = False,
) -> None:
    """Check a file of one's own actors and keep it, so that every reading knows them."""
    from dragoman.actors.directory import Directory
    from dragoman.actors.directory_user import user_files, user_folder

    if file.suffix.lower() not in (".toml", ".csv"):
        raise UsageError(f"{file} is neither TOML nor CSV by its name. Name it .toml or .csv.")
    target = user_folder() / _file_name(file)
    others = [path for path in user_files() if path != target]
    Directory.load([*others, file])
    for path in others:
        if path.read_bytes() == file.read_bytes():
            raise DataError(f"{file} is kept already as {path}. Nothing was added.")
    if check:
        typer.echo(f"{file}: nothing is wrong", err=True)
        return
    data = file.read_bytes()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting = target.with_name(f".{target.name}.part")
        waiting.write_bytes(data)
        waiting.replace(target)
    except OSError as error:
        raise DataError(
            f"{target} cannot be written ({error.strerror}). Check the right to write there."
        ) from error
    typer.echo(f"kept as {target}", err=True)


def _file_name(file: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", file.name).lstrip(".-").lower() or "actors.toml"


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Wikidata entities (JSON lines), Popolo, or FollowTheMoney entities.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write here instead of stdout."),
    ] = None,
) -> None:
    """Turn actors of other projects into a file for `actors add`."""
    from dragoman.actors.directory_import import import_file, to_toml

    found = import_file(file)
    text = to_toml(found, file.name)
    if out is None:
        typer.echo(text)
    else:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DataError(f"{out} cannot be written ({error.strerror}).") from error
    typer.echo(
        f"{len(found.entries)} actors ({found.form}), {found.left_out} records left out", err=True
    )
