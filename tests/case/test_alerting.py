"""Alerts: each new matching event once, through every channel, with another try after a failure."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case, Filter
from dragoman.case.alerting import (
    Channel,
    add_alert,
    find_alert,
    list_alerts,
    matches,
    remove_alert,
)
from dragoman.case.delivering import MOST_TRIES, Firing, tell, try_out
from dragoman.errors import FetchError, SettingError, UsageError
from dragoman.records import Input
from dragoman.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
RULE = Filter(actor="RUS", with_="UKR", type=("ASSAULT", "THREATEN"), background=False)


def come_in(case: Case, number: int, told: str = "Russia attacked Ukraine in Kyiv.") -> None:
    words = " ".join(f"ferry{number * 31 + n}" for n in range(60))
    report = Input(text=f"{told} {words}.", url=f"https://paper.org/{number}", date="2022-02-24")
    case.add([report], reader=FakeReader())


def told(case: Case, settings: Settings | None = None, **more: Any) -> list[str]:
    lines: list[str] = []
    tell(case, settings or Settings(), lines.append, **more)
    return lines


def test_each_new_matching_event_fires_once(case: Case) -> None:
    come_in(case, 1)
    add_alert(case, RULE, [Channel(kind="log")], name="attacks")
    assert told(case) == []  # what was there before is not new
    come_in(case, 2)
    come_in(case, 3, "Russia praised Ukraine.")
    come_in(case, 4, "France attacked Russia.")
    assert told(case) == [
        "alert attacks: 2022-02-24 ASSAULT (happened): Russia → Ukraine – "
        "Russia attacked Ukraine in Kyiv."
    ]
    assert told(case) == []
    (alert,) = list_alerts(case)
    assert (alert.fired, alert.waiting, alert.given_up) == (1, 0, 0)
    assert alert.described() == "actor RUS, with UKR, type ASSAULT or THREATEN"


def test_a_later_reading_that_says_the_same_does_not_fire_again(case: Case, clock: Clock) -> None:
    from dragoman.case.rereading import Choice, reread
    from dragoman.records import Provenance

    add_alert(case, RULE, [])
    come_in(case, 1)
    assert len(told(case)) == 1
    clock.move(days=1)
    newer = FakeReader(model="fake-2")
    made = Provenance(dragoman="test", model="fake-2", directory="fake")
    assert reread(case, newer, made, Choice()).counts["version"] == 1
    assert told(case) == []


def test_a_reprint_does_not_fire_again(case: Case) -> None:
    add_alert(case, RULE, [])
    come_in(case, 1)
    text = case.text(1)
    case.add([Input(text=text, url="https://other.org/x", date="2022-02-25")], reader=FakeReader())
    assert len(told(case)) == 1


def test_a_channel_that_fails_is_tried_again_and_given_up(case: Case, clock: Clock) -> None:
    tries: list[str] = []

    def send(_: Settings, channel: Channel, firings: Sequence[Firing]) -> None:
        tries.append(channel.to)
        raise FetchError("out of order")

    hook = Channel(kind="webhook", to="https://hook.org/x")
    add_alert(case, RULE, [hook, Channel(kind="log")], name="attacks")
    come_in(case, 1)
    first = told(case, send=send)
    assert len(first) == 2  # the log is told, whatever becomes of the other
    assert (
        "alert attacks cannot tell webhook:https://hook.org/x: out of order; next try"
        in "".join(first)
    )
    assert told(case, send=send) == []
    assert len(tries) == 1
    for _ in range(20):
        clock.move(hours=10)
        last = told(case, send=send) or last_of(first)
    assert len(tries) == MOST_TRIES
    assert last
    (alert,) = list_alerts(case)
    assert (alert.fired, alert.waiting, alert.given_up) == (1, 0, 1)


def last_of(lines: list[str]) -> list[str]:
    return lines[-1:]


def test_what_failed_is_told_once_when_the_channel_is_back(case: Case, clock: Clock) -> None:
    sent: list[str] = []
    out_of_order = True

    def send(_: Settings, channel: Channel, firings: Sequence[Firing]) -> None:
        if out_of_order:
            raise OSError("no route")
        sent.extend(firing.id for firing in firings)

    add_alert(case, RULE, [Channel(kind="mail", to="a@b.org")])
    come_in(case, 1)
    told(case, send=send)
    out_of_order = False
    come_in(case, 2)
    clock.move(minutes=2)
    told(case, send=send)
    told(case, send=send)
    assert len(sent) == len(set(sent)) == 2


def test_a_process_that_died_while_sending_is_taken_over_later(case: Case, clock: Clock) -> None:
    class DiedError(BaseException):
        pass

    def die(*_: Any) -> None:
        raise DiedError

    sent: list[str] = []
    add_alert(case, RULE, [Channel(kind="webhook", to="https://hook.org/x")])
    come_in(case, 1)
    with pytest.raises(DiedError):
        told(case, send=die)

    def send(_: Settings, channel: Channel, firings: Sequence[Firing]) -> None:
        sent.extend(firing.id for firing in firings)

    told(case, send=send)
    assert sent == []  # it may still be at it
    clock.move(minutes=20)
    told(case, send=send)
    assert len(sent) == 1


def test_two_who_look_at_once_fire_once(case: Case) -> None:
    add_alert(case, RULE, [])
    for number in range(10):
        come_in(case, number)
    lines: list[str] = []
    threads = [
        threading.Thread(target=tell, args=(case, Settings(), lines.append)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines) == 10
    assert list_alerts(case)[0].fired == 10


def test_an_event_that_was_taken_back_meanwhile_is_not_told(case: Case) -> None:
    from dragoman.case.alerting import look
    from dragoman.case.reviewing import Verdict, review

    add_alert(case, RULE, [])
    come_in(case, 1)
    assert look(case) == 1
    (event,) = case.events()
    review(case, "event", event.number, Verdict(decision="rejected", reviewer="Ada"))
    assert told(case) == []
    assert list_alerts(case)[0].given_up == 1


def test_the_atom_feed_is_whole_and_escaped(case: Case, clock: Clock, tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    add_alert(case, RULE, [Channel(kind="atom", to=str(path))], name="<b>attacks</b>")
    for number in range(3):
        clock.move(hours=1)
        come_in(case, number, "Russia attacked Ukraine in <script>Kyiv\x0b.")
        assert told(case) == []
    feed = Xml.fromstring(path.read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    assert "<script>" in (entries[0].findtext(f"{ATOM}summary") or "")
    assert b"<script>" not in path.read_bytes()
    stamps = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".dragoman")] == []


class _Hook(BaseHTTPRequestHandler):
    got: list[tuple[str, dict[str, Any]]] = []  # noqa: RUF012 - shared on purpose
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((self.headers["Idempotency-Key"], json.loads(body)))
        self.send_response(type(self).answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[str]:
    _Hook.got, _Hook.answer = [], 204
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"
        server.shutdown()


def test_a_webhook_gets_the_event_as_json(case: Case, hook: str, clock: Clock) -> None:
    add_alert(case, RULE, [Channel(kind="webhook", to=hook, private=True)], name="attacks")
    come_in(case, 1)
    _Hook.answer = 500
    assert "500" in told(case)[0]
    _Hook.answer = 204
    clock.move(minutes=2)
    assert told(case) == []
    (one, body), (other, _) = _Hook.got
    assert one == other == body["id"]  # by which the receiver sees that it is the same
    assert (body["alert"], body["event"]["type"]) == ("attacks", "ASSAULT")


def test_a_webhook_inside_ones_own_network_needs_leave(case: Case, hook: str) -> None:
    add_alert(case, RULE, [Channel(kind="webhook", to=hook)])
    come_in(case, 1)
    assert "no public address" in told(case)[0]
    assert _Hook.got == []


class _Smtp(socketserver.StreamRequestHandler):
    mails: list[str] = []  # noqa: RUF012 - shared on purpose

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        data: list[str] | None = None
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            if data is not None:
                if line != ".":
                    data.append(line)
                    continue
                type(self).mails.append("\n".join(data))
                data = None
            elif line.upper() == "DATA":
                data = []
                self.wfile.write(b"354 go on\r\n")
                continue
            self.wfile.write(b"221 bye\r\n" if line.upper() == "QUIT" else b"250 well\r\n")


@pytest.fixture
def smtp() -> Iterator[str]:
    _Smtp.mails = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_mail_tells_what_came_in_together(case: Case, smtp: str) -> None:
    add_alert(case, RULE, [Channel(kind="mail", to="desk@paper.org")], name="attacks")
    come_in(case, 1)
    come_in(case, 2)
    settings = Settings(smtp=smtp, mail_from="dragoman@paper.org")
    assert told(case, settings) == []
    (mail,) = _Smtp.mails
    assert "To: desk@paper.org" in mail
    assert "Message-ID: <" in mail
    assert mail.count("Russia attacked Ukraine in Kyiv.") == 2


def test_faults_of_alerts_are_told_at_once(case: Case) -> None:
    for channel in (
        Channel(kind="webhook", to="hook.org"),
        Channel(kind="mail", to="nobody"),
        Channel(kind="atom"),
    ):
        with pytest.raises(UsageError):
            add_alert(case, RULE, [channel])
    with pytest.raises(UsageError, match="there is no type ATTACK"):
        add_alert(case, Filter(type=("ATTACK",)), [])
    add_alert(case, RULE, [], name="one")
    with pytest.raises(UsageError, match="already"):
        add_alert(case, RULE, [], name="one")
    with pytest.raises(UsageError, match="it has: one"):
        find_alert(case, "two")


def test_a_trial_shows_matches_and_tries_the_channels(case: Case, tmp_path: Path) -> None:
    come_in(case, 1)
    mail = Channel(kind="mail", to="a@b.org")
    folder = Channel(kind="atom", to=str(tmp_path / "none" / "x.xml"))
    alert = add_alert(case, RULE, [Channel(kind="log"), mail, folder])
    assert [event.type for event in matches(case, alert.rule, limit=5)] == ["ASSAULT"]
    lines: list[str] = []
    faults = try_out(case, alert, Settings(), lines.append)
    assert "trial" in lines[0]
    assert [fault.split(":")[0] for fault in faults] == ["mail", "atom"]
    assert "no mail server is set" in faults[0]
    assert list_alerts(case)[0].fired == 0


def test_a_removed_alert_is_silent(case: Case) -> None:
    add_alert(case, RULE, [], name="attacks")
    come_in(case, 1)
    remove_alert(case, "attacks")
    assert told(case) == []
    assert list_alerts(case) == []


def test_an_alert_kept_by_an_odd_server_setting_is_told(case: Case) -> None:
    add_alert(case, RULE, [Channel(kind="mail", to="a@b.org")])
    come_in(case, 1)
    assert "write it as smtp://" in told(case, Settings(smtp="http://x"))[0]
    assert issubclass(SettingError, UsageError)
