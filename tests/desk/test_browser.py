"""The desk in a real browser: pages drawn, charts with marks, filters, keys, no word of complaint.

Screenshots are kept under artifacts/ to be looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("uvicorn", reason="the extra `desk` is not installed")

import uvicorn
from playwright import sync_api

from dragoman.case import Case
from dragoman.case.rereading import Choice, reread
from dragoman.desk import Options, create_app
from dragoman.reader import Reader
from dragoman.records import Provenance
from dragoman.sources.jsonl import load

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
PAGES = {
    "today": "/",
    "timeline": "/timeline",
    "contacts": "/contacts",
    "matrix": "/contacts?view=matrix",
    "network": "/contacts?view=network",
    "claims": "/claims",
    "positions": "/claims?view=positions",
    "statements": "/statements",
    "tension": "/tension",
    "pair": "/tension?actor=GRC&with=TUR",
    "map": "/map",
    "actors": "/actors",
    "actor": "/actors/GRC",
    "documents": "/documents",
    "reader": "/documents/3?mark=event-e1",
    "event": "/events/5",
    "review": "/review",
    "alerts": "/alerts",
    "brief": "/brief",
    "search": "/search?text=ship",
    "about": "/about",
}
CHARTS = {"today": 1, "timeline": 1, "tension": 1, "pair": 1, "map": 1}
DARK = ("today", "timeline", "matrix", "network", "claims", "map", "reader", "review")
AXE = Path(os.environ.get("AXE_CORE", "/nowhere/axe.min.js"))


@dataclass
class Site:
    """A desk that is being served, and what its visitors' consoles said."""

    address: str
    case: Case
    browser: Any
    said: list[str] = field(default_factory=list)

    def page(self, width: int = 1440, scheme: str = "light") -> Any:
        height = 900 if width > 500 else 844
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page = context.new_page()
        self.said.clear()
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.said.append(str(fault)))
        page.on("requestfailed", self._failed)
        return page

    def _failed(self, request: Any) -> None:
        # Going on to another page ends a stream of progress that stands open; that is no fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.said.append(f"failed: {request.url} {request.failure}")

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def open(self, page: Any, path: str) -> None:
        page.goto(self.address + path)
        if page.locator("figure[data-chart]").count():
            page.wait_for_selector("figure[data-chart][data-state]", timeout=30_000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[Site]:
    """The examples as a case, read by the real reader, served on loopback."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this system (apt-get install chromium)")
    path = tmp_path_factory.mktemp("site") / "aegean.db"
    with Case.create(str(path), name="Aegean, September 2017") as made:
        made.add((d for d in load(ROOT / "examples" / "crisis.jsonl")), reader=reader)  # type: ignore[misc]
    case = Case.open(str(path))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(case, options=Options(port=port))
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Site(f"http://127.0.0.1:{port}", case, browser)
        browser.close()
    server.should_exit = True
    thread.join(10)


def _marks(page: Any) -> int:
    """Bars, points, lines, areas and outlines that a chart has drawn."""
    kinds = ("rect", "symbol", "shape", "area", "line")
    shapes = ", ".join(f"figure[data-chart] svg .mark-{kind} path" for kind in kinds)
    return int(page.locator(shapes).count())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_drawn_without_complaint(site: Site, width: int, scheme: str) -> None:
    folder = ROOT / "artifacts" / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    page = site.page(width, scheme)
    shown = PAGES if scheme == "light" else {name: PAGES[name] for name in DARK}
    for name, path in shown.items():
        site.open(page, path)
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        assert site.said == [], name
        states = page.locator("figure[data-chart]").evaluate_all("f => f.map(x => x.dataset.state)")
        assert states == ["drawn"] * CHARTS.get(name, 0), name
        if name in CHARTS:
            assert _marks(page) >= 3, name
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is wider than the screen by {wide}"
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (paper == "rgb(20, 24, 28)") == (scheme == "dark")
    page.context.close()


def test_the_map_has_countries_without_the_network(site: Site) -> None:
    page = site.page()
    site.open(page, "/map")
    assert page.locator("figure svg .mark-shape path").count() > 200
    assert page.locator("figure svg .mark-symbol path").count() >= 3
    page.context.close()


def test_filters_by_mouse_and_by_keyboard(site: Site) -> None:
    page = site.page()
    site.open(page, "/timeline")
    page.select_option("select[name=type]", "THREATEN")
    page.wait_for_url("**type=THREATEN*")
    assert "type=THREATEN" in page.url
    assert set(page.locator("article .kind").all_inner_texts()) <= {
        text for text in page.locator("article .kind").all_inner_texts() if "hreat" in text
    }
    site.open(page, "/timeline")
    page.locator("input[name=actor]").focus()
    page.keyboard.type("GRC")
    page.keyboard.press("Enter")
    page.wait_for_url("**actor=GRC*")
    assert "status=" not in page.url  # what is empty stays out of the address
    shown = page.locator("article").count()
    assert 0 < shown <= 50
    page.keyboard.press("/")
    page.keyboard.type("survey ship")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?text=survey+ship")
    assert page.locator("article.said").count() > 0
    assert site.said == []
    page.context.close()


def test_a_contact_is_followed_from_the_register_to_its_sentence(site: Site) -> None:
    page = site.page()
    site.open(page, "/contacts")
    row = page.locator("tbody tr").nth(2)
    passage = row.locator("td.small span").inner_text()[:40]
    row.locator("td.small a").click()
    page.wait_for_url(re.compile(r"/documents/\d+\?mark=event-"))
    marked = page.locator(".m.event.on")
    assert marked.count() >= 1
    around = marked.first.evaluate("m => m.closest('p').innerText")
    assert passage.split("…")[0].strip()[:30] in " ".join(around.split())
    assert page.locator("aside#part dl.facts").count() == 1
    other = page.locator("a.m.actor").first
    name = other.inner_text()
    other.click()
    page.wait_for_selector("aside#part h2:not(:has(.kind))")
    assert "mark=actor-" in page.url
    assert name
    assert site.said == []
    page.context.close()


def test_a_decision_by_keyboard_survives_a_reread(site: Site, reader: Reader) -> None:
    page = site.page()
    site.open(page, "/review?type=ACCUSE")
    first = page.locator("[data-review]").first
    number = int(str(first.get_attribute("id")).removeprefix("item-"))
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator(f"#item-{number}").count() == 0
    (before,) = [event for event in site.case.events() if event.number == number]
    assert before.decision == "accepted"
    newer = Provenance(dragoman="x", model="x", directory="x")
    reread(site.case, reader, newer, Choice(everything=True))
    held = [e for e in site.case.events(decision="accepted") if e.document == before.document]
    assert [(e.type, e.passage) for e in held] == [(before.type, before.passage)]
    assert site.said == []
    page.context.close()


def test_the_review_is_driven_by_keys_alone(site: Site) -> None:
    page = site.page()
    site.open(page, "/review?status=happened")
    items = page.locator("[data-review]")
    first, second, third = (str(items.nth(at).get_attribute("id")) for at in range(3))

    def current() -> str:
        return str(page.locator("[data-review].current").get_attribute("id"))

    assert current() == first
    for key, there in (("j", second), ("j", third), ("k", second), ("k", first), ("k", first)):
        page.keyboard.press(key)
        assert current() == there
    page.keyboard.press("c")
    focused = "document.activeElement.name"
    assert page.evaluate(focused) == "type"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "mode"
    page.locator("h1").click()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.locator(f"#{second}").count() == 0
    rejected = [f"item-{event.number}" for event in site.case.events(decision="rejected")]
    assert rejected == [second]
    page.keyboard.press("o")
    page.wait_for_url("**/documents/*?mark=event-*")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/about#keys")
    assert site.said == []
    page.context.close()


def test_the_look_can_be_switched(site: Site) -> None:
    page = site.page()
    site.open(page, "/about")
    page.locator("form[action='/theme'] button").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == "rgb(20, 24, 28)"
    page.context.close()


def test_documents_are_added_and_progress_is_shown(site: Site) -> None:
    page = site.page()
    site.open(page, "/documents")
    page.locator("#add > summary").click()
    text = "PARIS - France praised Malta on Tuesday. Malta said it would host talks next week."
    page.locator("details details summary").click()
    page.fill("textarea[name=text]", text)
    page.fill("#add input[name=title]", "Praise for Malta")
    page.locator("#add button.main").click()
    page.wait_for_selector("[data-progress][data-state=done] .outcome a", timeout=120_000)
    page.locator("[data-progress] .outcome a").click()
    page.wait_for_url("**/documents/*")
    assert "Praise for Malta" in page.locator("h1").inner_text()
    assert site.said == []
    page.context.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not at hand (AXE_CORE names its file)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(site: Site, scheme: str) -> None:
    page = site.page(scheme=scheme)
    script = AXE.read_text(encoding="utf-8")
    faults = []
    for name, path in PAGES.items():
        site.open(page, path)
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults += [
            (name, fault["id"], [node["target"] for node in fault["nodes"][:3]])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
    assert faults == []
    page.context.close()
