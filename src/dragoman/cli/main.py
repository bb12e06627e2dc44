"""What all commands share: the root options, how a command ends, and where its words go.

Results go to stdout, everything else to stderr. A command never ends in a traceback: a known error
is one worded line and its exit code; a fault of dragoman itself is one line too, and `--debug`
shows the rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dragoman import errors, logs
from dragoman.settings import Settings
from dragoman.version import __version__

HELP = "Read news of diplomacy and crises: who did what to whom, when, where, on whose word."
EXIT_FAULT = 70  # EX_SOFTWARE: a fault of dragoman itself
EXIT_INTERRUPTED = 130


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


def root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Read settings from this TOML file."),
    ] = None,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Log what is done (-vv: in detail).")
    ] = 0,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where a fault of dragoman itself arose.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    settings = Settings.load(config=config)
    level = {0: settings.log_level, 1: "info"}.get(verbose, "debug")
    logs.configure(level, settings.log_format)
    context.obj = settings


def settings_of(context: typer.Context) -> Settings:
    """The settings that the root of the command line has read."""
    found = context.find_root().obj
    return found if isinstance(found, Settings) else Settings.load()


def complain(message: str) -> None:
    """One line of trouble on stderr, in the command's name."""
    print(f"dragoman: {message}", file=sys.stderr)  # noqa: T201


def guarded(app: Callable[..., object]) -> int:
    """Run the command line and return its exit code, whatever happens on the way."""
    try:
        app(standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except errors.DragomanError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("stopped")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as fault:
        if "--debug" in sys.argv:
            raise
        complain(
            f"a fault in dragoman itself: {type(fault).__name__}: {fault}. "
            "Please report it; `dragoman --debug …` shows where it arose."
        )
        return EXIT_FAULT
    return 0


def _closed_pipe() -> int:
    """The reader of our output has gone (`| head`): end quietly, and let the exit flush nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
