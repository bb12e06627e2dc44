"""What the steps of resolving share: the document, its actors so far, states and offices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from dragoman.actors.chains import Chain, Seen
from dragoman.actors.coreference import Weights
from dragoman.actors.directory import Directory, Entity, Office, normalise
from dragoman.actors.lexicon import Lexicon, Sort
from dragoman.actors.mentions import Finder, Spot
from dragoman.actors.publishers import Publisher
from dragoman.actors.quotes import Quotes
from dragoman.actors.title_runs import TitleRun
from dragoman.language.analysis import Analysis
from dragoman.records import Kind

FAR = 300  # mentions back that a description may refer to
RANKS = (
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "chief",
    "interior-minister",
    "finance-minister",
)
# States with the one of which they were part, and the day when they became independent.
_BEFORE = {
    "SSD": ("SDN", "2011-07-09"),
    "TLS": ("IDN", "2002-05-20"),
    "ERI": ("ETH", "1993-05-24"),
}
# How prominent the heads of international bodies are, beside the offices of RANKS (2 and more).
_HEADS = frozenset({"secretary-general", "high-representative", "chair", "president"})
_BODIES = {"united-nations": 1, "nato": 2, "european-council": 2, "european-commission": 2}
_OTHER_BODY = 4
NO_OFFICE = 99  # the rank of one without an office


def by_rank(offices: Iterable[str]) -> list[str]:
    """Offices, the highest first."""
    return sorted(offices, key=lambda o: (RANKS.index(o) if o in RANKS else NO_OFFICE, o))


class Context:
    """The document and what is known of its actors so far."""

    def __init__(
        self,
        finder: Finder,
        directory: Directory,
        lexicon: Lexicon,
        date: str | None,
        publisher: Publisher | None = None,
    ) -> None:
        self.finder = finder
        self.analysis: Analysis = finder.analysis
        self.directory = directory
        self.lexicon = lexicon
        self.date = date
        self.publisher = publisher
        self.weights = Weights.load()
        self.quotes = Quotes(finder, alone=publisher is not None)
        self.chains: list[Chain] = []
        self.at: dict[int, Chain] = {}
        self.spots = finder.spots()
        self.by_head: dict[int, Spot] = {}
        for spot in self.spots:
            self.by_head.setdefault(spot.head, spot)
        self._by_entity: dict[str, Chain] = {}
        self._by_name: dict[tuple[str, ...], Chain] = {}
        self._by_family: dict[str, list[Chain]] = {}
        self._compounds: dict[tuple[int, ...], Chain] = {}
        self._pending: set[int] = set()
        self._seen: dict[int, Chain | None] = {}
        self._recent: list[Seen] = []
        self._extra: list[Spot] = []
        self._named_by: dict[int, int] = {}
        self._inner: set[int] = set()  # offices within the words of another
        self._titled: list[TitleRun] = []
        self._home: str | None = None
        self._first_country: str | None = None
        self._spoken_of: frozenset[str] = frozenset()

    def _resolve(self, spot: Spot) -> Chain | None:
        """The actor of a spot; told by the last step, which knows all others."""
        raise NotImplementedError

    def _classes(self, office: str) -> set[str]:
        """A class of office with the wider one that it counts as."""
        wider = self.lexicon.umbrellas.get(office)
        return {office} if wider is None else {office, wider}

    def _held(self, entity: Entity) -> set[str]:
        """The classes of office that a person held on the day; all where the day is not known."""
        if self.date is None:
            return {c for o in entity.offices for c in self._classes(o.office)}
        held = self.directory.office_on(entity.id, self.date[:10])
        return self._classes(held.office) if held is not None else set()

    def _is_igo(self, id: str) -> bool:
        return id in self.directory and self.directory.entity(id).kind == "igo"

    def _rank(self, entity: Entity) -> int:
        """How prominent an entity is on the day: states and bodies, then offices by their order."""
        if entity.kind != "person":
            return 0 if entity.kind in ("state", "igo") else 1
        ranks = [2 + RANKS.index(c) for c in self._held(entity) if c in RANKS]
        held = self.directory.office_on(entity.id, self.date[:10]) if self.date else None
        if held is not None and held.office in _HEADS and self._is_igo(held.body):
            ranks.append(_BODIES.get(held.body, _OTHER_BODY))
        if ranks:
            return min(ranks)
        return 50 if self._held(entity) else NO_OFFICE

    def _of_entity(self, entity: Entity) -> Chain:
        chain = self._by_entity.get(entity.id)
        if chain is not None:
            return chain
        chain = self._new(entity.name, entity.kind, sort_of(entity))
        chain.entity = entity
        chain.code, chain.sectors = self._then(entity.code), entity.sectors
        chain.part_of = entity.part_of
        chain.gender = entity.gender[0] if entity.gender else None
        if entity.kind == "person":
            if chain.gender is None:
                chain.gender = self.lexicon.first_names.get(normalise(entity.name.split()[0]))
            self._hold_office(chain, entity)
        self._by_entity[entity.id] = chain
        return chain

    def _then(self, code: str | None) -> str | None:
        """The code of the state to which one belonged before it came to be, on the day.

        Without a day that is so where the text names the older state alone.
        """
        older, since = _BEFORE.get(code or "", (None, ""))
        if older is None or code is None:
            return code
        if self.date is not None:
            return older if self.date < since else code
        return older if older in self._spoken_of and code not in self._spoken_of else code

    def _hold_office(self, chain: Chain, entity: Entity) -> None:
        """The office of a person of the directory on the document's day."""
        day = self.date[:10] if self.date else None
        office = self.directory.office_on(entity.id, day) if day else None
        if office is not None:
            chain.role = self._title_of(office)
            chain.code = office.code or chain.code
            if office.sector:
                rest = tuple(s for s in chain.sectors if s not in (office.sector, "ELI"))
                chain.sectors = (office.sector, *rest)
            chain.offices.update(self._classes(office.office))
        elif day and entity.offices and all(o.end and o.end < day for o in entity.offices):
            chain.sectors = ("ELI",)
        elif day is None:
            chain.offices.update(c for o in entity.offices for c in self._classes(o.office))

    def _title_of(self, office: Office) -> str:
        """The title with its state: "President of France"."""
        if " of " in office.title or office.body not in self.directory:
            return office.title
        body = self.directory.entity(office.body)
        return f"{office.title} of {body.name}" if body.kind == "state" else office.title

    def _holder(self, office: str, state: str) -> Chain | None:
        """Who held an office of a state on the document's day, if that is certain.

        The directory gives the surest first; where an office has one holder, that is the one. Where
        it has two on that day (a term that sources tell of a whole cabinet), the text may name one.
        """
        if self.date is None:
            return None
        holders = self.directory.holders(office, state, self.date[:10])
        if not holders or (len(holders) > 1 and office not in self.lexicon.words["one_holder"]):
            return None
        meant = holders[0].id
        if len(holders) > 1:
            named = {id for name in self.finder.name_at.values() for id in name.ids}
            meant = next((holder.id for holder in holders if holder.id in named), meant)
        return self._of_entity(self.directory.entity(meant))

    def _voice(self) -> Chain | None:
        """Who holds the office whose publisher's text this is, on the document's day."""
        publisher = self.publisher
        if publisher is None or publisher.office is None or self.date is None:
            return None
        holders = self.directory.holders(publisher.office, publisher.body, self.date[:10])
        return self._of_entity(self.directory.entity(holders[0].id)) if holders else None

    def _own_state(self) -> str | None:
        """The state of which the publisher is an office."""
        if self.publisher is None or self.publisher.body not in self.directory:
            return None
        body = self.directory.entity(self.publisher.body)
        return body.code if body.kind == "state" else None

    def modifier_state(self, token: int) -> str | None:
        """The state that a demonym or a state's name stands for at a token."""
        id = self.finder.demonym(token)
        if id is not None:
            entity = self.directory.entity(id)
            return entity.code or (entity.id if entity.kind == "state" else None)
        place = self.finder.places.get(token)
        if place is not None:
            return place
        name = self.finder.name_at.get(token)
        if name is None or len(name.ids) != 1:
            return None
        entity = self.directory.entity(name.ids[0])
        return entity.code or entity.id if entity.kind == "state" else None

    def is_kin_only(self, token: int) -> bool:
        """Whether a demonym tells descent alone ("ethnic Albanians")."""
        return token > 0 and self.finder.keys[token - 1] == "ethnic"

    def _tied_state(self, token: int) -> str | None:
        state = self.modifier_state(token)
        if state is not None:
            return state
        spot = self.by_head.get(token)
        chain = self._resolve(spot) if spot is not None else None
        return chain.state if chain is not None else None

    def _local_state(self, spot: Spot) -> str | None:
        """The only state that this sentence, or the one before it, has spoken of so far."""
        here = self.analysis.sentence_of[spot.head]
        for back in (0, 1):
            states = {
                chain.state
                for seen in islice(reversed(self._recent), FAR // 6)
                if seen.sentence == here - back
                for chain in seen.chains
                if chain.state is not None and chain.kind != "unnamed"
            }
            if states:
                return states.pop() if len(states) == 1 else None
        return None

    def _latest(self, fits: Callable[[Chain], bool]) -> Chain | None:
        """The chain seen last that fits."""
        best: Chain | None = None
        for seen in islice(reversed(self._recent), FAR):
            if len(seen.chains) == 1 and fits(seen.chains[0]):
                best = seen.chains[0]
                break
        return best

    def _new(self, name: str, kind: Kind, sort: Sort) -> Chain:
        chain = Chain(len(self.chains), name, kind, sort)
        self.chains.append(chain)
        return chain

    def _words(self, first: int, last: int) -> str:
        start, end = self.analysis.span(first, last)
        return " ".join(self.analysis.text[start:end].split())

    def _name_of(self, spot: Spot) -> str:
        """A display name for an unnamed actor: its words without article and owner's pronoun."""
        first = spot.first
        while first < spot.head and self.analysis.upos[first] in ("DET", "PRON", "PUNCT"):
            first += 1
        return self._words(first, spot.last)


def sort_of(entity: Entity) -> Sort:
    if entity.kind == "person":
        return "person"
    return "group" if entity.kind in ("people", "armed-group") else "body"
