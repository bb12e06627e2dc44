"""From a document to its reading: the stages in their order, and what is put together from them.

`Stages` holds the stages as functions, bound to a model and a directory. A test passes its own;
`Stages.load` makes the real ones. `Reader` adds what belongs to no stage: limits, warnings,
provenance, and many documents side by side. A document's reading depends on that document alone.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from dragoman.assemble import Parts, assemble
from dragoman.errors import DragomanError, InputError, ReadingError
from dragoman.language.blas import one_thread
from dragoman.language.identify import identify
from dragoman.logs import log
from dragoman.records import ISO_DATE, Document, Input, Notice, Provenance, Published, Reading
from dragoman.settings import Settings
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.actors.cast import Cast
    from dragoman.actors.publishers import Publisher
    from dragoman.coding.places.finding import PlaceExpression
    from dragoman.coding.statements import Said
    from dragoman.coding.times.finding import TimeExpression
    from dragoman.language.analysis import Analysis, Tokens
    from dragoman.records import Event

LANGUAGE: Final = "en"
MOST_WORKERS: Final = 4
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

OnError = Callable[[Input, DragomanError], None]


def _no_publisher(source: str | None, url: str | None) -> None:
    return None


class FindCast(Protocol):
    """The stage that finds the actors; it takes the document's day and the office that speaks."""

    def __call__(
        self, analysis: Analysis, date: str | None, /, *, publisher: Publisher | None = None
    ) -> Cast: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The stages as functions, and the versions of what they know."""

    tokenize: Callable[[str], Tokens]
    analyse: Callable[[Tokens], Analysis]
    date_document: Callable[[Analysis, str | None, str | None], Published]  # date and URL
    find_times: Callable[[Analysis, str | None], Sequence[TimeExpression]]
    find_cast: FindCast
    find_places: Callable[[Analysis, Cast], Sequence[PlaceExpression]]
    find_statements: Callable[[Analysis, Cast], Sequence[Said]]
    code_events: Callable[
        [
            Analysis,
            Cast,
            Sequence[Said],
            Sequence[TimeExpression],
            Sequence[PlaceExpression],
            str | None,
        ],
        Sequence[Event],
    ]
    model: str
    directory: str
    publisher: Callable[[str | None, str | None], Publisher | None] = _no_publisher
    triage: Callable[[Tokens], Tokens] | None = None  # the sentences that are analysed at all

    @classmethod
    def load(cls, settings: Settings, *, triage: bool | float = False) -> Stages:
        """The stages that ship with dragoman; readers of one process share them.

        With `triage` sentences that cannot hold a political event are left out before the
        language model runs; a number is the share of the events that is to be kept.
        """
        from dragoman.actors.directory_user import user_files

        actors = (*map(str, user_files()), *settings.actors)
        stages = _shipped(settings.threads, actors, settings.publishers)
        return _with_triage(stages, triage) if triage else stages


def _with_triage(stages: Stages, triage: bool | float) -> Stages:
    from dragoman.language.triage import Triage

    filter = Triage(None if triage is True else triage)
    return replace(stages, triage=filter.select, model=f"{stages.model}+{filter.version}")


@lru_cache(maxsize=2)
def _shipped(threads: int, actors: tuple[str, ...], publishers: tuple[str, ...]) -> Stages:
    from dragoman.actors.cast import find_cast
    from dragoman.actors.directory import Directory
    from dragoman.actors.publishers import load_publishers
    from dragoman.coding.dating import date_document
    from dragoman.coding.events import code_events
    from dragoman.coding.places.finding import find_places
    from dragoman.coding.statements import find_statements
    from dragoman.coding.times.finding import find_times
    from dragoman.language.model import Model
    from dragoman.language.tokens import tokenize

    model = Model.load(threads=threads)
    directory = Directory.load([Path(name) for name in actors])
    known = load_publishers(publishers, directory)

    def cast_of(
        analysis: Analysis, date: str | None, /, *, publisher: Publisher | None = None
    ) -> Cast:
        return find_cast(analysis, directory, date=date, publisher=publisher)

    return Stages(
        tokenize=tokenize,
        analyse=lambda tokens: model.analyse(tokens, vectors=True),
        date_document=lambda a, date, url: date_document(a, directory, date=date, url=url),
        find_times=lambda a, date: find_times(a, date=date),
        find_cast=cast_of,
        find_places=lambda a, cast: find_places(a, cast, directory),
        find_statements=find_statements,
        code_events=lambda a, cast, said, times, places, date: code_events(
            a, cast, said, times, places, date=date
        ),
        model=model.version,
        directory=f"{directory.version}+{known.digest}" if known.digest else directory.version,
        publisher=known.of,
    )


class Reader:
    """Reads documents. Making one loads the model and the directory; it may be used from threads.

    reader = Reader()
    reading = reader.read(text, date="2022-02-07")
    for reading in reader.read_many(documents):
        ...
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        stages: Stages | None = None,
        triage: bool | float = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings or Settings.load()
        self._stages = stages or Stages.load(self.settings, triage=triage)
        self._clock = clock
        self.provenance = Provenance(
            dragoman=__version__, model=self._stages.model, directory=self._stages.directory
        )

    def read(
        self,
        document: Input | str,
        *,
        date: str | None = None,
        title: str | None = None,
        source: str | None = None,
        url: str | None = None,
        id: str | None = None,
    ) -> Reading:
        """The reading of one document; what is given here takes the place of what it brings.

        InputError where it has no text or its date is none; everything else is a warning in
        the reading.
        """
        values = {"date": date, "title": title, "source": source, "url": url, "id": id}
        given: dict[str, Any] = {name: value for name, value in values.items() if value}
        if isinstance(document, str):
            document = Input(text=document)
        document = replace(document, **given)
        began = self._clock()
        try:
            with one_thread():
                reading = self._read(document, began)
        except DragomanError:
            raise
        except Exception as fault:
            raise ReadingError(
                f"{_name_of(document)} could not be read: a fault in dragoman itself, "
                f"{type(fault).__name__}: {fault}. Please report it with the document."
            ) from fault
        log(
            logging.INFO,
            "document read",
            document=reading.document.id,
            characters=len(reading.document.text or ""),
            events=len(reading.events),
            statements=len(reading.statements),
            warnings=[notice.code for notice in reading.document.warnings],
            seconds=round(self._clock() - began, 3),
        )
        return reading

    def read_many(
        self,
        documents: Iterable[Input | str],
        *,
        batch_size: int | None = None,
        workers: int | None = None,
        on_error: OnError | None = None,
    ) -> Iterator[Reading]:
        """The readings of many documents, in their order; only a batch is held at one time.

        A document that cannot be read is given to `on_error` and left out; without `on_error` its
        error is raised. Neither batch nor workers change a reading.
        """
        size = batch_size or self.settings.batch_size
        count = workers or self.settings.workers or min(os.cpu_count() or 1, MOST_WORKERS)
        if count == 1:
            outcomes: Iterable[Reading | _Failure] = map(self._try, documents)
        else:
            outcomes = self._side_by_side(documents, size, count)
        for outcome in outcomes:
            if isinstance(outcome, Reading):
                yield outcome
            elif on_error is None:
                raise outcome.error
            else:
                on_error(outcome.document, outcome.error)

    def _side_by_side(
        self, documents: Iterable[Input | str], size: int, workers: int
    ) -> Iterator[Reading | _Failure]:
        waiting: deque[Future[Reading | _Failure]] = deque()
        with ThreadPoolExecutor(workers, thread_name_prefix="dragoman") as pool:
            try:
                for document in documents:
                    waiting.append(pool.submit(self._try, document))
                    if len(waiting) >= size:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _try(self, document: Input | str) -> Reading | _Failure:
        try:
            return self.read(document)
        except DragomanError as error:
            return _Failure(Input(text=document) if isinstance(document, str) else document, error)

    def _read(self, document: Input, began: float) -> Reading:
        if document.date is not None and not ISO_DATE.fullmatch(document.date):
            raise InputError(
                f"{_name_of(document)} has the date {document.date!r}, which is no ISO date; "
                "write it as 2022-02-07 or 2022-02-07T16:00+01:00."
            )
        if not document.text.strip():
            raise InputError(f"{_name_of(document)} has no text: there is nothing to read.")
        text, warnings = _prepared(document.text, self.settings.max_chars)
        warnings = [*document.notices, *warnings]
        language = identify(text)
        about = Document(
            id=document.id or _derived_id(document),
            title=document.title,
            source=document.source,
            url=document.url,
            language=language,
            text=text,
        )
        if language not in (None, LANGUAGE):
            warnings.append(_other_language(language))
            published = published_as_given(document.date)
            return assemble(about, published, Parts(), warnings, self.provenance)
        published, parts = self._run(text, document, began, warnings)
        return assemble(about, published, parts, warnings, self.provenance)

    def _run(
        self, text: str, document: Input, began: float, warnings: list[Notice]
    ) -> tuple[Published, Parts]:
        """Run the stages one after the other, as far as the time limit lets them."""
        limit = self.settings.time_limit
        tokens = self._stages.tokenize(text)
        if self._stages.triage is not None:
            tokens = _selected(tokens, self._stages.triage, warnings)
        for published, parts, missing in self._steps(tokens, document):
            known = published, parts
            if missing and limit and self._clock() - began > limit:
                message = (
                    f"Reading took longer than the limit of {limit:g} seconds; {missing} were not "
                    "looked for. The setting time_limit raises the limit."
                )
                warnings.append(Notice(code="time-limit", message=message))
                break
        return known

    def _steps(self, tokens: Tokens, document: Input) -> Iterator[tuple[Published, Parts, str]]:
        """What is known after each stage, and what is then still missing."""
        stages = self._stages
        published = published_as_given(document.date)
        parts = Parts(tokens=tokens)
        if not len(tokens):
            yield published, parts, ""
            return
        yield published, parts, "actors, statements, events, times and places"
        analysis = stages.analyse(parts.tokens)
        yield published, parts, "actors, statements, events, times and places"
        published = stages.date_document(analysis, document.date, document.url)
        date = published.date
        parts = replace(parts, times=stages.find_times(analysis, date))
        yield published, parts, "actors, statements, events and places"
        publisher = stages.publisher(document.source, document.url)
        cast = stages.find_cast(analysis, date, publisher=publisher)
        parts = replace(parts, actors=cast.actors)
        yield published, parts, "statements, events and places"
        parts = replace(parts, places=stages.find_places(analysis, cast))
        yield published, parts, "statements and events"
        parts = replace(parts, said=stages.find_statements(analysis, cast))
        yield published, parts, "events"
        events = stages.code_events(analysis, cast, parts.said, parts.times, parts.places, date)
        events = [e for e in events if e.confidence >= self.settings.least_confidence]
        yield published, replace(parts, events=events), ""


@dataclass(frozen=True, slots=True)
class _Failure:
    """A document that could not be read, on its way to the caller."""

    document: Input
    error: DragomanError


def _selected(tokens: Tokens, triage: Callable[[Tokens], Tokens], warnings: list[Notice]) -> Tokens:
    kept = triage(tokens)
    if kept is not tokens:
        message = (
            f"{kept.sentence_count} of {tokens.sentence_count} sentences were analysed; the others "
            "cannot hold a political event, as far as their words tell."
        )
        warnings.append(Notice(code="triage", message=message))
    return kept


def read(text: Input | str, **metadata: Any) -> Reading:
    """The reading of one text; the first call loads the model, later ones use it again.

    Takes `date`, `title`, `source`, `url` and `id` as `Reader.read` does.
    """
    return _default_reader().read(text, **metadata)


@lru_cache(maxsize=1)
def _default_reader() -> Reader:
    return Reader()


def _prepared(text: str, max_chars: int) -> tuple[str, list[Notice]]:
    """The text as it is read and kept, and what had to be done to it."""
    warnings = []
    if _SURROGATE.search(text):
        # Half a character can be stored nowhere; U+FFFD takes its place, offsets stay.
        text = _SURROGATE.sub("\ufffd", text)
        message = "The text held broken characters; each is shown as U+FFFD."
        warnings.append(Notice(code="text-repaired", message=message))
    if len(text) > max_chars:
        whole, text = len(text), _cut(text, max_chars)
        message = (
            f"The text has {whole:,} characters; the first {len(text):,} were read. "
            "The setting max_chars raises the limit."
        )
        warnings.append(Notice(code="text-cut", message=message))
    return text, warnings


def _cut(text: str, most: int) -> str:
    """The beginning of a text, up to the end of a paragraph or sentence where one is near."""
    least = most - most // 10
    for end in ("\n\n", "\n", ". ", " "):
        at = text.rfind(end, least, most)
        if at > 0:
            return text[: at + 1].rstrip()
    return text[:most]


def _other_language(code: str | None) -> Notice:
    return Notice(
        code="language-not-supported",
        message=f"The text is in another language ({code}); dragoman reads English, so nothing was "
        "taken from it.",
    )


def published_as_given(date: str | None) -> Published:
    if date is None:
        return Published()
    return Published(date=date, basis="given", why="The date was given with the document.")


def _derived_id(document: Input) -> str:
    """An id from the address, else from the text: the same document has the same id everywhere."""
    if document.url:
        return "url-" + _digest(document.url)
    return "text-" + _digest(document.text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _name_of(document: Input) -> str:
    """How messages name a document."""
    if document.id or document.url:
        return f"document {document.id or document.url}"
    if document.title:
        return f"document “{document.title}”"
    beginning = " ".join(document.text[:60].split())
    return f"the document that begins “{beginning}”" if beginning else "a document without an id"
