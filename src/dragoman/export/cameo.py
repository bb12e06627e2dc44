"""Events with CAMEO's codes, in CAMEO's form: one record for each pair of a source and a target.

Codes are text (`020` is an appeal, `20` mass violence). Which code an event takes is data:
ontology/cameo_choice.tsv. What is planned takes CAMEO's code for an intention or a threat. Two that
meet give two records, as CAMEO has it; a visit is 042 for the guest and 043 for the host.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import Any, Final

from dragoman.coding.frames import shipped_index
from dragoman.errors import DataError
from dragoman.export.plover import actor_object, dates_of, fold, is_kept, told
from dragoman.ontology.cameo import CameoCode, load_cameo
from dragoman.records import Actor, Event, Reading

_FIELDS: Final = ("type", "mode", "context", "deed", "frame", "code")
_DEMANDING: Final = ("demand", "insist", "order", "must")  # words of frames that demand
_BODIES: Final = {"UNO": "IGOUNO", "EUR": "IGOEUR"}
_HOSTED: Final = {"042": "043"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the table of choices; an empty field fits everything."""

    type: str
    mode: str
    context: str
    deed: str
    frame: str
    code: str

    def fits(self, asked: _Asked) -> bool:
        return (
            self.type == asked.type
            and self.mode in ("", asked.mode)
            and (not self.context or self.context in asked.contexts)
            and (not self.deed or self.deed in asked.deed)
            and (not self.frame or self.frame in asked.frame)
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of an event decides its code."""

    type: str
    mode: str
    contexts: tuple[str, ...]
    deed: tuple[str, ...]  # the type of the deed inside, and the type with its mode
    frame: str


@cache
def _choices() -> tuple[Choice, ...]:
    try:
        text = files("dragoman.ontology").joinpath("cameo_choice.tsv").read_text("utf-8")
    except OSError as error:
        raise DataError(
            f"the package's file ontology/cameo_choice.tsv cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if tuple(lines[0]) != _FIELDS:
        raise DataError("ontology/cameo_choice.tsv has other columns than this version knows.")
    return tuple(Choice(*fields) for fields in lines[1:])


def code_of(event: Event) -> CameoCode:
    """CAMEO's code for an event, as precise as its mode, contexts and frame allow."""
    asked = _asked(event)
    code = next(choice.code for choice in _choices() if choice.fits(asked))
    if event.type == "REQUEST" and any(word in asked.frame for word in _DEMANDING):
        code = f"10{code[2:]}"
    return load_cameo()[code]


def _asked(event: Event) -> _Asked:
    name, _, rest = event.method.removeprefix("frame:").partition(" > ")
    inner = shipped_index().by_name.get(rest.partition(" > ")[0])
    deed = (inner.type, f"{inner.type}/{inner.mode}") if inner is not None else ()
    planned = event.status == "planned" and fold(event).type != event.type
    protest = event.status == "planned" and event.type == "PROTEST"
    type_ = f"+{event.type}" if planned or protest else event.type
    return _Asked(type_, event.mode or "", event.contexts, deed, name)


Pair = tuple[Actor | None, Actor | None, CameoCode]


def pairs_of(event: Event, actors: Mapping[str, Actor]) -> list[Pair]:
    """Source, target and code of each record that CAMEO makes of an event.

    Partners are paired both ways; several sources or targets are taken one by one. None stands for
    a side that is not told.
    """
    code = code_of(event)
    sources, targets = told(event.actors, actors), told(event.recipients, actors)
    if not targets and len(sources) > 1 and event.type in ("CONSULT", "COOPERATE", "AGREE"):
        return [(a, b, code) for a, b in permutations(sources, 2)]
    nobody: list[Actor | None] = [None]
    found: list[Pair] = [(s, t, code) for s in sources or nobody for t in targets or nobody]
    if len(sources) > 1:  # “accused each other”: nobody accuses himself
        found = [pair for pair in found if pair[0] is None or pair[0] is not pair[1]]
    if code.code in _HOSTED:
        host = load_cameo()[_HOSTED[code.code]]
        found += [(t, s, host) for s, t, _ in found if t is not None]
    return found


def actor_code(actor: Actor) -> str | None:
    """CAMEO's code of an actor: country and sector (`RUSGOV`), `IGOUNO` for the United Nations."""
    if actor.code is None:
        return actor.sectors[0] if actor.sectors else None
    if actor.code in _BODIES:
        return _BODIES[actor.code]
    plain = actor.kind == "state" or not actor.sectors
    return actor.code if plain else f"{actor.code}{actor.sectors[0]}"


def cameo_records(
    reading: Reading, *, keep: Collection[str] = (), text: bool = False
) -> Iterator[dict[str, Any]]:
    """CAMEO's records of a reading, with PLOVER's names of fields; `keep` as for PLOVER."""
    actors = {actor.id: actor for actor in reading.actors}
    whole = reading.document.text or ""
    for event in reading.events:
        if not is_kept(event, keep):
            continue
        folded = fold(event)
        span = reading.sentences[event.sentence]
        date, time, _, _ = dates_of(event, folded, reading.document)
        for number, (source, target, code) in enumerate(pairs_of(event, actors), 1):
            record = {
                "id": f"{reading.document.id}-{event.id}-{number}",
                "date": date,
                "time": time,
                "source": [_side(source, span)] if source else [],
                "recipient": [_side(target, span)] if target else [],
                "event": [code.code],
                "event_name": code.name,
                "event_root": code.root,
                "quad_code": code.quad,
                "goldstein": code.goldstein,
                "context": list(folded.marks),
                "event_text": [whole[s.start : s.end] for s in event.trigger] if whole else [],
                "text": whole[span.start : span.end] if text and whole else None,
                "text_info": {"sequence": event.sentence, **span.to_dict()},
                "coder": "dragoman",
                "status": event.status,
                "background": event.background,
                "confidence": event.confidence,
                "comment": f"{event.type} {event.mode or ''} {event.method}".replace("  ", " "),
            }
            required = ("id", "date", "source", "recipient", "event")
            yield {k: v for k, v in record.items() if k in required or v not in (None, [], {})}


def _side(actor: Actor, sentence: Any) -> dict[str, Any]:
    return {**actor_object(actor, sentence), "code": actor_code(actor)}
