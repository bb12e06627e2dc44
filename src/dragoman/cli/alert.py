"""`dragoman alert`: rules that tell of each new matching event once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.cases import open_case
from dragoman.cli.options import Actor, CaseArgument, Place, Statuses, Types, listed
from dragoman.errors import CaseError, UsageError

app = typer.Typer(
    help="Rules that tell of each new matching event: to the log, Atom, mail or a webhook.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="ALERT", help="Its name or number.")]


@app.command("add")
def add(
    case: CaseArgument,
    name: Annotated[str | None, typer.Option(help="What the alert is called.")] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two who take part: ids, codes or names."),
    ] = None,
    actor: Actor = None,
    type_: Types = None,
    mode: Annotated[str | None, typer.Option(metavar="MODES", help="PLOVER modes.")] = None,
    status: Statuses = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="On whose word the event stands.")
    ] = None,
    place: Place = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Of this publisher.")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words in the sentence that tells it.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="No event held for less likely.")
    ] = None,
    background: Annotated[
        bool, typer.Option("--background", help="Events told as background, too.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="Tell the log (stderr), too.")] = False,
    atom: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep an Atom feed in this file.")
    ] = None,
    mail: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Send a mail; see `dragoman settings` for smtp."),
    ] = None,
    webhook: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="POST JSON to this address.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The webhook may be in one's own networks.")
    ] = False,
) -> None:
    """Keep a rule; it tells of events that come in from now on. Without a channel: to the log."""
    from dragoman.case import Filter
    from dragoman.case.alerting import Channel, add_alert

    if pair and actor:
        raise UsageError("--pair names two already; leave --actor out.")
    one, other = pair or (actor, None)
    rule = Filter(
        actor=one,
        with_=other,
        type=listed(type_, upper=True),
        mode=listed(mode),
        status=listed(status),
        speaker=speaker,
        place=place,
        source=source,
        text=text,
        min_confidence=min_confidence,
        background=None if background else False,
    )
    channels = [Channel(kind="log")] if log else []
    channels += [Channel(kind="atom", to=str(atom.absolute()))] if atom else []
    channels += [Channel(kind="mail", to=to) for to in mail or ()]
    channels += [Channel(kind="webhook", to=to, private=allow_private) for to in webhook or ()]
    with open_case(case) as opened:
        alert = add_alert(opened, rule, channels, name=name)
    told = ", ".join(channel.key for channel in alert.channels)
    typer.echo(f"{alert.number}  {alert.name}: {alert.described()} → {told}")
    typer.echo(f"`dragoman alert test {case} {alert.name}` shows what it would have told.")


@app.command("list")
def list_(
    case: CaseArgument,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the alerts, what they have told, and what is still on its way."""
    from dragoman.case.alerting import list_alerts

    with open_case(case) as opened:
        alerts = list_alerts(opened)
    for alert in alerts:
        if as_json:
            import orjson

            typer.echo(orjson.dumps(alert.to_dict()).decode())
            continue
        told = ", ".join(channel.key for channel in alert.channels)
        last = f", last {alert.last_fired[:16]}" if alert.last_fired else ""
        waits = f"; {alert.waiting} on their way" if alert.waiting else ""
        lost = f"; {alert.given_up} given up" if alert.given_up else ""
        typer.echo(f"{alert.number}  {alert.name}: {alert.described()} → {told}")
        typer.echo(f"   fired {alert.fired} times{last}{waits}{lost}")
    if not alerts and not as_json:
        typer.echo("The case has no alerts. `dragoman alert add --help` tells how to make one.")


@app.command("remove")
def remove(case: CaseArgument, alert: Name) -> None:
    """Remove an alert; what it has told stays in the case."""
    from dragoman.case.alerting import remove_alert

    with open_case(case) as opened:
        typer.echo(f"{remove_alert(opened, alert).name} is removed.")


@app.command("test")
def trial(
    context: typer.Context,
    case: CaseArgument,
    alert: Name,
    send: Annotated[
        bool, typer.Option("--send", help="Send a trial message through each channel.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many events are shown.")] = 5,
) -> None:
    """Show the latest events that the alert would have told of; --send tries its channels."""
    from dragoman.case.alerting import find_alert, matches
    from dragoman.case.delivering import Firing, try_out
    from dragoman.cli.main import settings_of

    with open_case(case) as opened:
        found = find_alert(opened, alert)
        events = matches(opened, found.rule, limit=limit)
        typer.echo(f"{found.name}: {found.described()}")
        typer.echo("The latest events of the case that it means:" if events else "No event fits.")
        for event in events:
            firing = Firing(0, found.name, "", event.known_at, event)
            typer.echo(_plain(f"  {firing.headline()} – {event.passage}"))
        faults = try_out(opened, found, settings_of(context), typer.echo) if send else []
    if send and not faults:
        typer.echo("A trial was sent through " + ", ".join(c.key for c in found.channels) + ".")
    if faults:
        raise CaseError("; ".join(faults) + ".")


@app.command("run")
def run(context: typer.Context, case: CaseArgument) -> None:
    """Look for new events and tell; what failed before is tried again. For a clockwork (cron)."""
    from dragoman.case.delivering import tell
    from dragoman.cli.main import settings_of

    with open_case(case) as opened:
        told, failed = tell(opened, settings_of(context), lambda line: typer.echo(_plain(line)))
    typer.echo(f"{told} told, {failed} could not be")
    if failed:
        raise typer.Exit(CaseError.exit_code)


def _plain(words: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in words)
