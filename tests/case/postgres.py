"""A private PostgreSQL server for the tests: the system's binaries, unprivileged, no port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The newest PostgreSQL on this system; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def unprivileged() -> str | None:
    """The user to run the server as: PostgreSQL refuses root. None: as we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


@contextmanager
def server() -> Iterator[str]:
    """A running server; what is yielded is its address with `{}` for the database's name."""
    bin = binaries()
    assert bin is not None
    user = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    if user:
        shutil.chown(folder, user)

    def call(*command: str) -> None:
        subprocess.run(
            command, user=user, cwd=folder, check=True, capture_output=True, timeout=60, env=_env()
        )

    data = folder / "data"
    try:
        call(str(bin / "initdb"), "-D", str(data), "-N", "-U", "tests", "-A", "trust")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(str(bin / "postgres"), "-D", str(data), "-k", str(folder)),
                    *("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=30"),
                ],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
                env=_env(),
            )
        try:
            _wait(bin, folder, process)
            yield f"postgresql://tests@/{{}}?host={folder}"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing here is kept
            process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(bin: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        ready = subprocess.run(
            [bin / "pg_isready", "-h", folder], capture_output=True, check=False, env=_env()
        )
        if ready.returncode == 0:
            return
        assert process.poll() is None, (folder / "log").read_text()
        time.sleep(0.05)
    raise AssertionError("the server does not start")


def _env() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
