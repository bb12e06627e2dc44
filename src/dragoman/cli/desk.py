"""`dragoman desk`: the case in a browser, and the tokens with which a team opens it.

`dragoman desk CASE` serves; `dragoman desk token …` gives out, lists and takes back tokens.
"""

from __future__ import annotations

import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli.cases import open_case
from dragoman.cli.options import CaseArgument

if TYPE_CHECKING:
    from dragoman.desk.options import Options

HELP = "Open a case in a browser; give out tokens for a team."


class _Group(TyperGroup):
    """`desk CASE` is short for `desk open CASE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first = next((arg for arg in args if not arg.startswith("-")), None)
        helped = any(arg in ("-h", "--help") for arg in args)
        if first not in self.commands and (first is not None or (args and not helped)):
            args = ["open", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_Group, help=HELP, no_args_is_help=True)
tokens = typer.Typer(help="Tokens, with which a team opens the desk.", no_args_is_help=True)
app.add_typer(tokens, name="token")


@app.command("open", help="Serve a case and open it in the browser; `desk CASE` is the same.")
def open_desk(
    context: typer.Context,
    case: CaseArgument,
    host: Annotated[
        str, typer.Option(help="The address to serve on; all but this machine's own ask a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0: any free one.")] = 8040,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name under which the desk may be opened."),
    ] = None,
    require_token: Annotated[
        bool, typer.Option("--require-token", help="Ask a token on this machine, too.")
    ] = False,
    https: Annotated[
        bool, typer.Option("--https", help="A proxy in front speaks HTTPS: cookies only over it.")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from this machine's own networks, too."),
    ] = False,
    rate: Annotated[
        int | None,
        typer.Option(min=0, help="Requests a minute and visitor; 1200, on loopback any number."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only serve; open no browser.")
    ] = False,
) -> None:
    from dragoman.case.extras import extra

    with extra("desk", "the desk"):
        import uvicorn

        from dragoman.desk import Options, create_app
    from dragoman.cli.main import settings_of
    from dragoman.desk.options import is_loopback

    loopback = is_loopback(host)
    options = Options(
        host=host,
        port=port,
        allowed_hosts=tuple(name.lower() for name in allow_host or ()),
        tokens=require_token or not loopback,
        secure=https,
        allow_private=allow_private,
        rate=rate if rate is not None else 0 if loopback else 1200,
    )
    opened = open_case(case)
    with opened as found:
        if options.tokens:
            _check_tokens(found, case)
        application = create_app(found, options=options, settings=settings_of(context))
        _serve(uvicorn, application, options, browser=not no_browser)


@tokens.command("create", help="Make a token and print it; it is not shown again.")
def create(
    case: CaseArgument,
    role: Annotated[str, typer.Option(help="read: look; edit: add and decide, too.")] = "read",
    name: Annotated[str, typer.Option(help="Whose it is; stands beside their decisions.")] = "",
    days: Annotated[int, typer.Option(help="For how many days it holds.")] = 90,
) -> None:
    from dragoman.case.tokens import create as make

    with open_case(case) as opened:
        token, text = make(opened, role=role, label=name or f"{role} token", days=days)
    typer.echo(text)
    typer.echo(f"{token.label}: may {token.role}, until {token.expires_at[:10]}.", err=True)


@tokens.command("list", help="List tokens; secrets are kept nowhere.")
def list_tokens(case: CaseArgument) -> None:
    from dragoman.case.tokens import listed

    with open_case(case) as opened:
        for token in listed(opened):
            state = "taken back" if token.revoked_at else f"until {token.expires_at[:10]}"
            label = "".join(c if c.isprintable() else " " for c in token.label)
            typer.echo(f"{token.id}  {token.role:4}  {state}  {label}")


@tokens.command("revoke", help="Take a token back.")
def revoke(
    case: CaseArgument,
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `list` shows it.")],
) -> None:
    from dragoman.case.tokens import revoke as take_back

    with open_case(case) as opened:
        take_back(opened, id)
    typer.echo(f"{id} opens nothing any more.")


def _check_tokens(found: Any, case: str) -> None:
    from dragoman.case.tokens import listed
    from dragoman.errors import UsageError

    now = found.now()
    if not any(t.revoked_at is None and t.expires_at > now for t in listed(found)):
        raise UsageError(
            "a desk that others can reach asks for tokens, and the case has none that holds. "
            f"`dragoman desk token create {found.database.shown} --role edit --name YOU` makes one."
        )


def _serve(uvicorn: Any, application: Any, options: Options, *, browser: bool) -> None:
    """Serve until stopped; the address goes to stderr once the port is taken."""
    config = uvicorn.Config(
        application,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        limit_concurrency=600,
    )
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    name = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host
    shown = f"[{name}]" if ":" in name else name
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    typer.echo(f"The desk is open at {address} (Ctrl-C ends it).", err=True)
    if browser:
        threading.Timer(0.8, lambda: webbrowser.open(address)).start()
    server.run(sockets=[listening])
