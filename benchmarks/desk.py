"""How long the desk lets one wait for a page of a case: first byte, cold and warm, each page.

    python benchmarks/synthetic.py big.db
    python benchmarks/desk.py big.db [--rounds 7] [--soak SECONDS] [--browser]

Serves the case on loopback in a process of its own and asks for each page; the first answer is
reported apart, as nothing is cached then. `--soak` sends fifty requests at once for so long while
documents are being added, and counts those that fail. `--browser` opens each page in a headless
Chromium and reports how long it takes until it is loaded and its charts are drawn.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

PAGES: Final = (
    *("/", "/timeline", "/contacts", "/contacts?view=matrix", "/contacts?view=network"),
    *("/claims", "/claims?view=positions", "/statements", "/tension"),
    *("/tension?actor=RUS&with=UKR", "/map", "/actors", "/actors/RUS", "/documents"),
    *("/documents/50000", "/events/500000", "/review", "/alerts", "/brief"),
    *("/search?text=talks", "/about", "/timeline?actor=RUS&with=UKR&type=ASSAULT"),
    *("/charts/timeline.json", "/charts/tension.json", "/charts/map.json"),
    *("/api/v1/events?limit=100", "/api/v1/series?actor=RUS"),
)
_WORDS: Final = ("harbour", "station", "airport", "market", "bridge", "library", "mill", "square")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("case")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--soak", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    port = _free_port()
    command = [sys.executable, "-m", "dragoman", "desk", given.case, "--no-browser"]
    server = subprocess.Popen([*command, "--port", str(port)])
    try:
        _wait(port)
        if given.rounds:
            measure(port, given.rounds)
        if given.browser:
            loads(port)
        if given.soak:
            soak(port, given.soak)
    finally:
        server.terminate()
        server.wait(10)


def measure(port: int, rounds: int) -> None:
    print(f"{'page':46} {'first':>8} {'median':>8} {'worst':>8}  ms to the first byte")
    medians = []
    for page in PAGES:
        times = [first_byte(port, page) for _ in range(rounds)]
        later = times[1:] or times
        medians.append(statistics.median(later))
        print(f"{page:46} {times[0]:8.0f} {medians[-1]:8.0f} {max(later):8.0f}", flush=True)
    print(f"{'median of medians':46} {'':8} {statistics.median(medians):8.0f}")


def first_byte(port: int, page: str) -> float:
    """Milliseconds until the first byte of an answer; RuntimeError where it is no page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start = time.perf_counter()
    connection.request("GET", page, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    answer.read(1)
    took = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(f"{page}: {answer.status}")
    connection.close()
    return took * 1000


def loads(port: int, rounds: int = 3) -> None:
    """Milliseconds from the click to a page that stands there whole, its charts drawn."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"{'page':46} {'first':>8} {'median':>8}  ms until all is drawn")
        medians = []
        for page in (page for page in PAGES if not page.startswith(("/charts", "/api"))):
            times = []
            tab = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            for _ in range(rounds):
                began = time.perf_counter()
                tab.goto(f"http://127.0.0.1:{port}{page}", wait_until="load")
                if tab.locator("figure[data-chart]").count():
                    tab.wait_for_selector("figure[data-chart][data-state=drawn]", timeout=60_000)
                times.append((time.perf_counter() - began) * 1000)
            tab.context.close()
            medians.append(statistics.median(times[1:] or times))
            print(f"{page:46} {times[0]:8.0f} {medians[-1]:8.0f}", flush=True)
        print(f"{'median of medians':46} {'':8} {statistics.median(medians):8.0f}")
        browser.close()


def soak(port: int, seconds: float, at_once: int = 50) -> Counter[int]:
    """Fifty visitors at once while documents are being added; how often each status came."""
    end = time.monotonic() + seconds
    seen: Counter[int] = Counter()
    waits: list[float] = []
    lock = threading.Lock()

    def visit(number: int) -> None:
        draw = random.Random(number)
        while time.monotonic() < end:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            start = time.perf_counter()
            try:
                page = draw.choice(PAGES)
                connection.request("GET", page, headers={"Accept": "text/html"})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except OSError:
                status = 0
            with lock:
                seen[status] += 1
                waits.append(time.perf_counter() - start)
            connection.close()

    def add() -> None:
        number, draw = 0, random.Random()
        while time.monotonic() < end:
            number += 1
            words = " ".join(f"{draw.choice(_WORDS)} {draw.randrange(10**6)}" for _ in range(40))
            text = f"France praised Ukraine in talks, officials said. {words}."
            body = json.dumps({"documents": [{"text": text, "title": f"Added {number}"}]})
            request = Request(
                f"http://127.0.0.1:{port}/api/v1/documents",
                body.encode(),
                {"Content-Type": "application/json"},
            )
            with urlopen(request, timeout=120) as answer:
                answer.read()
            time.sleep(2)

    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(at_once)]
    adder = threading.Thread(target=add)
    for thread in (*visitors, adder):
        thread.start()
    for thread in (*visitors, adder):
        thread.join()
    with urlopen(f"http://127.0.0.1:{port}/api/v1/additions", timeout=60) as answer:
        orders = json.load(answer)["items"]
    added = sum(order["counts"].get("added", 0) for order in orders)
    print(
        f"{sum(seen.values())} requests of {at_once} at once in {seconds:g} s, by status "
        f"{dict(seen)}; median {statistics.median(waits):.2f} s, worst {max(waits):.2f} s; "
        f"{added} documents added meanwhile"
    )
    return seen


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            first_byte(port, "/health")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the desk did not open")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    main()
