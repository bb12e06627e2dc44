"""A reading written by hand, with something for every part of the view."""

from __future__ import annotations

from typing import Any

from dragoman.records import (
    Actor,
    Content,
    Document,
    Event,
    Mention,
    Notice,
    Place,
    Provenance,
    Published,
    Reading,
    Size,
    Span,
    Statement,
    Telling,
    Time,
    When,
    Where,
)

TEXT = (
    "President Emmanuel Macron is expected in Moscow on Monday to meet Vladimir Putin.\n"
    "The Kremlin denied that 100,000 soldiers had been massed at the border of Ukraine, as "
    "Washington says.\n"
    "“We will talk for as long as it takes,” an adviser said. "
    "Macron and Putin met at the Fort de Brégançon in the summer of 2019.\n"
    "A summit that was to follow in Berlin has been called off."
)
SENTENCES = (
    "President Emmanuel Macron is expected in Moscow on Monday to meet Vladimir Putin.",
    "The Kremlin denied that 100,000 soldiers had been massed at the border of Ukraine, as "
    "Washington says.",
    "“We will talk for as long as it takes,” an adviser said.",
    "Macron and Putin met at the Fort de Brégançon in the summer of 2019.",
    "A summit that was to follow in Berlin has been called off.",
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def actor(id: str, name: str, *mentions: str, **fields: Any) -> Actor:
    spans = (span(words) for words in mentions)
    found = tuple(
        Mention(start=s.start, end=s.end, text=TEXT[s.start : s.end], form="name") for s in spans
    )
    return Actor(id=id, name=name, mentions=found, **fields)


def event(id: str, type: str, trigger: str, sentence: int, **given: Any) -> Event:
    fields: dict[str, Any] = {
        "status": "happened",
        "score": 0.0,
        "confidence": 0.8,
        "method": "frame:x",
    } | given
    telling = Telling(sentence=sentence, trigger=(span(trigger),), status=fields["status"])
    return Event(
        id=id,
        type=type,  # type: ignore[arg-type]
        trigger=(span(trigger),),
        sentence=sentence,
        tellings=(telling,),
        **fields,
    )


READING = Reading(
    document=Document(
        id="sample",
        title="Macron on his way to Moscow",
        source="Sample Wire",
        language="en",
        warnings=(Notice(code="text-cut", message="The text was cut."),),
        published=Published(date="2022-02-06", basis="inferred", why="“Monday” fixes it."),
        text=TEXT,
    ),
    sentences=tuple(span(sentence) for sentence in SENTENCES),
    actors=(
        actor(
            "emmanuel-macron",
            "Emmanuel Macron",
            "President Emmanuel Macron",
            "Macron and",
            kind="person",
            code="FRA",
            sectors=("GOV",),
            role="President of France",
            basis="directory",
        ),
        actor("vladimir-putin", "Vladimir Putin", "Vladimir Putin", kind="person", code="RUS"),
        actor("kremlin", "Kremlin", "The Kremlin", kind="government", code="RUS"),
        actor("USA", "United States", "Washington", kind="state", code="USA"),
        actor("x1", "an adviser", "an adviser", kind="unnamed"),
    ),
    events=(
        event(
            "e1",
            "CONSULT",
            "meet",
            0,
            status="planned",
            medium="in-person",
            actors=("emmanuel-macron", "vladimir-putin"),
            when=When(start="2022-02-07", end="2022-02-07", precision="day", text="Monday"),
            where=Where(text="Moscow", name="Moscow", country="RUS"),
        ),
        event("e2", "REJECT", "denied", 1, actors=("kremlin",), recipients=("USA",)),
        event(
            "e3",
            "MOBILIZE",
            "massed",
            1,
            mode="troops",
            actors=(),
            according_to=("USA",),
            size={"troops": Size(low=100_000, high=100_000, text="100,000")},
        ),
        event(
            "e4",
            "CONSULT",
            "met at",
            3,
            background=True,
            actors=("emmanuel-macron", "vladimir-putin"),
            count=2,
            when=When(
                start="2019-06-01", end="2019-08-31", precision="season", text="summer of 2019"
            ),
        ),
        event("e5", "CONSULT", "called off", 4, status="cancelled", mode="multilateral"),
    ),
    statements=(
        Statement(
            id="s1",
            speaker="x1",
            speaker_text="an adviser",
            named=False,
            content=Content(
                start=span("We will").start,
                end=span("takes,").end,
                text="We will talk for as long as it takes,",
            ),
            quoted=True,
            kind="promise",
        ),
        Statement(
            id="s2",
            speaker="kremlin",
            speaker_text="The Kremlin",
            named=True,
            content=Content(
                start=span("100,000").start,
                end=span("Ukraine").end,
                text="100,000 soldiers had been massed at the border of Ukraine",
            ),
            cue=span("denied"),
            kind="denial",
            hedged=True,
            events=("e3",),
            answers="s1",
        ),
    ),
    times=(
        Time(
            start=span("Monday").start,
            end=span("Monday").end,
            text="Monday",
            type="DATE",
            value="2022-02-07",
        ),
    ),
    places=(
        Place(
            start=span("Moscow").start,
            end=span("Moscow").end,
            text="Moscow",
            name="Moscow",
            country="RUS",
        ),
    ),
    provenance=Provenance(dragoman="0", model="m", directory="d"),
)
