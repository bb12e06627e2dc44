"""Who says what: the statements of a document.

Acts of saying come from the parse (`attribution`), from quotation marks (`quoting`), from the
layout of lines (`layouts`) and from the model's tags (`tagged`). Here it is decided which of them
are statements of someone, of what kind, which stands inside which, and which answers which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding import ending
from dragoman.coding.acts import Attributed, Range
from dragoman.coding.answers import answered
from dragoman.coding.attribution import Grammar
from dragoman.coding.clauses import Clauses
from dragoman.coding.kinds import Kinds
from dragoman.coding.layouts import Layout
from dragoman.coding.quoting import Quoting
from dragoman.coding.saying import Saying, load_saying
from dragoman.coding.tagged import join_tags
from dragoman.language.analysis import Analysis
from dragoman.language.quotations import find_quotations
from dragoman.records import StatementKind

if TYPE_CHECKING:
    from dragoman.actors.cast import Cast

_FIRST_PERSON = frozenset(("i", "we", "us", "me", "my", "our", "mine", "ours"))
_NOBODY = frozenset(
    ("you", "this", "that", "these", "those", "what", "there", "it", "which", "one")
)
_PERSONS = frozenset(("he", "she", "they"))
_UNCERTAIN = frozenset(
    ("may", "might", "could", "can", "should", "must", "will", "would", "shall", "'ll", "’ll")
)
_FORESEEN = frozenset(("will", "'ll", "’ll", "shall"))
_NAMED_BESIDE = frozenset({"appos", "flat", "nmod:desc"})
_NAMED_SPEAKERS = frozenset({"person", "organisation", "igo", "government"})
_NAMED_KINDS = frozenset(("state", "government", "organisation", "igo", "bloc", "armed-group"))
_SHORT_OF = (["short", "of"], ["instead", "of"], ["refrained", "from"], ["stopped", "from"])
_MOST_WORDS = 15
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves", "myself", "ourselves"))
_FEW = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, in tokens: what `records.Statement` says in offsets.

    `content` lists its pieces as token ranges; `inside` and `answers` are places in the list that
    `find_statements` returns.
    """

    speaker: str | None
    speaker_tokens: Range | None
    speaker_text: str | None
    named: bool
    to: str | None
    cue: Range | None
    content: tuple[Range, ...]
    quoted: bool
    kind: StatementKind
    hedged: bool
    inside: int | None
    answers: int | None


def find_attributions(analysis: Analysis, clauses: Clauses | None = None) -> list[Attributed]:
    """Every act of saying that the text itself tells, in its own voice.

    What is said inside a quotation is left out, and a cue that nothing confirms: neither a source
    beside it nor quotation marks nor a tag; where there are tags, a word that also means other
    things needs one.
    """
    acts = _Acts(analysis, clauses)
    in_quotation, quotations = acts.quoting.in_quotation, acts.quotations
    told = []
    for act in acts.found:
        inside = -1 if act.cue is None else in_quotation[act.cue]
        if inside >= 0 and quotations[inside].sort == "speech":
            continue
        doubtful = act.weak and analysis.attributions
        if act.tagged or act.quoted or (act.source is not None and not doubtful):
            told.append(act)
    return told


class _Acts:
    def __init__(self, analysis: Analysis, clauses: Clauses | None) -> None:
        self.saying = load_saying()
        self.quotations = find_quotations(analysis.tokens)
        self.clauses = clauses or Clauses(analysis)
        self.grammar = Grammar(analysis, self.clauses, self.saying)
        told = join_tags(self.grammar, self.grammar.run()) + Layout(self.grammar).run()
        self.quoting = Quoting(self.grammar, self.quotations)
        self.found = self.quoting.run(told)


def find_statements(
    analysis: Analysis, cast: Cast, *, clauses: Clauses | None = None
) -> list[Said]:
    """The statements of a document, outer ones before those that they contain."""
    acts = _Acts(analysis, clauses)
    judge = _Judge(analysis, cast, acts)
    ending.resolve_relatives(acts.found, analysis)
    ending.resolve_charges(acts.found, acts.grammar)
    ending.cut_participles(acts.found, analysis)
    ending.cut_deeds(acts.found, analysis)
    ending.finish(acts.found, analysis)
    ending.into_quotations(acts.found, acts.quotations, analysis)
    kept = judge.once(judge.kept(acts.found))
    inside = _nesting(kept, analysis.sentence_of)
    kinds = Kinds(analysis, acts.clauses, cast, acts.saying)
    speakers = [judge.speaker_but_of_himself(act) for act in kept]
    kind = [kinds.kind(act, who) for act, who in zip(kept, speakers, strict=True)]
    answers = answered(kept, kind, speakers, inside, analysis)
    return [
        Said(
            speaker=speakers[i],
            speaker_tokens=act.source_span,
            speaker_text=judge.words(act.source_span),
            named=judge.is_named(act, speakers[i]),
            to=judge.addressee(act, speakers[i]),
            cue=act.cue_span,
            content=tuple(act.content),
            quoted=act.quoted,
            kind=kind[i],
            hedged=act.hedged,
            inside=inside[i],
            answers=answers[i],
        )
        for i, act in enumerate(kept)
    ]


class _Judge:
    """Decides which acts are statements, and whose."""

    def __init__(self, analysis: Analysis, cast: Cast, acts: _Acts) -> None:
        self.analysis = analysis
        self.cast = cast
        self.clauses = acts.clauses
        self.saying: Saying = acts.saying
        self.in_quotation = acts.quoting.in_quotation

    def kept(self, acts: Sequence[Attributed]) -> list[Attributed]:
        seen: set[int] = set()
        kept = []
        for act in sorted(acts, key=_place):
            if act.cue is not None:
                if act.cue in seen:
                    continue
                seen.add(act.cue)
            if self._is_statement(act):
                kept.append(act)
        return _without_doubles(kept)

    def once(self, acts: list[Attributed]) -> list[Attributed]:
        """Without what a speaker is said to say of the own mind: “he said he hoped …”."""
        inside = _nesting(acts, self.analysis.sentence_of)
        speakers = [self.speaker(act) for act in acts]
        return [
            act
            for act, outer, speaker in zip(acts, inside, speakers, strict=True)
            if outer is None
            or act.kind not in ("aim", "assessment")
            or speaker is None
            or speaker != speakers[outer]
        ]

    def _is_statement(self, act: Attributed) -> bool:
        if act.source is None:
            return act.cue is None and act.quoted and act.last - act.first > _FEW
        word = self.analysis.words[act.source].lower()
        if word in _REFLEXIVE:
            return False  # “proclaimed themselves independent”
        if act.cue is None:
            return True
        if word == "who" and not act.quoted and self._opens(act.source):
            return False  # “Who is to blame?”
        bare = not act.quoted or self.in_quotation[act.first] < 0
        if act.only_tagged and bare and not self._is_listed(act):
            return False
        if word in _FIRST_PERSON and self.analysis.words[act.source] != "US":
            return False  # “I think”: the quotation itself says it, or the writer does
        if word in _NOBODY and not (act.quoted or self._is_name(act.source)):
            return False
        if act.lemma == "charge" and self._is_tasked(act.cue):
            return False
        if act.negated and act.kind not in ("assessment", "denial"):
            return False
        if not act.hedged and self._uncertain(act):
            return False
        if not act.quoted and not act.hedged and self._unreal(act.cue):
            return False
        return self._can_speak(act)

    def _is_tasked(self, cue: int) -> bool:
        """“The body charged with finding weapons” accuses nobody."""
        after = self.analysis.words[cue + 1 : cue + 2]
        return self.analysis.xpos[cue] == "VBN" and after == ["with"]

    def _opens(self, token: int) -> bool:
        """Is it the first word of its sentence?"""
        return token == self.analysis.tokens.bounds[self.analysis.sentence_of[token]]

    def _is_name(self, token: int) -> bool:
        """“You”, a name, in the middle of a sentence."""
        if self.cast.at(token) is not None:
            return True
        return not self._opens(token) and self.analysis.words[token] == "You"

    def _is_listed(self, act: Attributed) -> bool:
        """Tags alone are believed only for words that the list has with such a content."""
        assert act.cue is not None
        participle = self.analysis.xpos[act.cue] == "VBN" and act.cue not in self.clauses.aux
        entries = self.saying.verbs.get(act.lemma, ())
        if not any(self.analysis.upos[t] in ("VERB", "AUX") for t in range(act.first, act.last)):
            entries = tuple(entry for entry in entries if not entry.weak)
        listed = any(entry.takes - {"quote"} for entry in entries) and not participle
        return listed or act.lemma in self.saying.nouns or act.lemma in self.saying.adjectives

    def _uncertain(self, act: Attributed) -> bool:
        """Nobody has said what someone may say; words given before a speech are said."""
        lemmas = self.clauses.lemmas
        modals = {lemmas[a] for a in self.clauses.aux.get(act.cue or 0, ())} & _UNCERTAIN
        return bool(modals - _FORESEEN if act.quoted else modals)

    def _unreal(self, cue: int) -> bool:
        """“Plans to announce”, “failed to mention”, “short of condemning”: nothing was said."""
        if self.analysis.xpos[cue] == "VBG" and cue and cue not in self.clauses.aux:
            before = [word.lower() for word in self.analysis.words[max(0, cue - 2) : cue]]
            if before[-1] in ("without", "avoid", "avoided", "stopped") or before in _SHORT_OF:
                return True
        if self.clauses.mark.get(cue) != "to" or self.analysis.upos[cue] != "VERB":
            return False
        deprel, head = self.analysis.deprels[cue], self.analysis.heads[cue]
        if deprel in ("xcomp", "ccomp") and head >= 0:
            return self.clauses.lemmas[head] not in self.saying.proceeding
        return deprel in ("acl", "csubj")

    def _can_speak(self, act: Attributed) -> bool:
        source = act.source
        assert source is not None
        speaker = self.speaker(act)
        if act.kind == "aim" and act.weak and not act.quoted:
            return self.is_named(act, speaker)
        if speaker is not None:
            return True
        upos = self.analysis.upos[source]
        lemma = self.clauses.lemmas[source]
        if act.quoted:
            return True
        if lemma in self.saying.mute:
            return False
        participle = self.analysis.xpos[act.cue or 0] == "VBG" and upos == "NOUN"
        if participle and lemma not in self.saying.people:
            return lemma in self.saying.documents
        if not act.weak:
            return True
        if upos in ("PROPN", "PRON"):
            return upos == "PROPN" or self.analysis.words[source].lower() in _PERSONS
        return lemma in self.saying.people

    def actor_at(self, token: int | None) -> str | None:
        return None if token is None else self.cast.at(token)

    def addressee(self, act: Attributed, speaker: str | None) -> str | None:
        to = self.actor_at(act.to)
        return None if to == speaker else to

    def speaker(self, act: Attributed) -> str | None:
        """The actor at the source's head; for a document, whoever issues it."""
        source = act.source
        if source is None:
            return None
        actor = self.cast.at(source) or self._titled(source) or self.cast.modifier(source)
        if actor is None and self.clauses.lemmas[source] in self.saying.documents:
            for child in self.analysis.children[source]:
                if self.analysis.deprels[child] in ("compound", "nmod:poss", "nmod", "amod"):
                    actor = self.cast.at(child) or self.cast.modifier(child)
                    if actor is not None:
                        return actor
            issuer = self.clauses.holder(source)
            return None if issuer is None else self.cast.at(issuer)
        return actor or self._named_beside(source)

    def _named_beside(self, source: int) -> str | None:
        """“Commentator Ana Diaz”, “the trade body, UNCTAD”: named with a noun of no actor."""
        analysis = self.analysis
        beside = [c for c in analysis.children[source] if analysis.deprels[c] in _NAMED_BESIDE]
        if analysis.deprels[source] in ("nmod:desc", "flat"):
            beside.append(analysis.heads[source])
        for token in beside:
            actor = self.cast.at(token)
            if actor is not None and self.cast.actor(actor).kind in _NAMED_SPEAKERS:
                return actor
        return None

    def _titled(self, source: int) -> str | None:
        """The person in whose mention a word stands: “spokeswoman” of “spokeswoman Ana Diaz”."""
        for first, last, head, actor in self.cast.mention_tokens:
            if first <= source < last and head != source:
                person = self.cast.actor(actor).kind == "person"
                named = self.analysis.upos[head] == "PROPN" and head > source
                if person and named:
                    return actor
        return None

    def speaker_but_of_himself(self, act: Attributed) -> str | None:
        """The speaker, unless a guess at him names him: nobody says “Diaz must go” of himself.

        A guess is whom a pronoun stands for, and who goes on speaking without a word of saying.
        """
        speaker, upos = self.speaker(act), self.analysis.upos
        guessed = act.cue is None or (act.source is not None and upos[act.source] == "PRON")
        if speaker is None or not guessed or self.cast.actor(speaker).kind != "person":
            return speaker
        words = ("PROPN", "NOUN") if act.cue is None else ("PROPN",)
        told = any(
            upos[token] in words and self.cast.at(token) == speaker
            for first, last in act.content
            for token in range(first, last)
        )
        return None if told else speaker

    def is_named(self, act: Attributed, speaker: str | None) -> bool:
        """A person by name, or an institution; officials without a name are not named."""
        if act.source is None:
            return False
        if speaker is None:
            return self.analysis.upos[act.source] == "PROPN"
        actor = self.cast.actor(speaker)
        if actor.kind == "person":
            return actor.basis == "directory" or any(m.form == "name" for m in actor.mentions)
        return actor.kind in _NAMED_KINDS

    def words(self, span: Range | None) -> str | None:
        if span is None:
            return None
        first, last = span
        last = min(last, first + _MOST_WORDS)
        start, end = self.analysis.span(first, last)
        return " ".join(self.analysis.text[start:end].split())


def _place(act: Attributed) -> tuple[int, int, int]:
    """Reading order: by where it begins, the longer first."""
    begins = [act.first]
    if act.cue_span is not None:
        begins.append(act.cue_span[0])
    if act.source_span is not None and not act.carried:
        begins.append(act.source_span[0])
    return min(begins), -act.last, -1 if act.cue is None else act.cue


def _without_doubles(acts: list[Attributed]) -> list[Attributed]:
    """One statement for one content and source: “a statement saying …” is said once."""
    kept: list[Attributed] = []
    known: dict[int, list[int]] = defaultdict(list)
    by_rules = {(act.first, act.last) for act in acts if not act.only_tagged}
    for act in acts:
        if act.only_tagged and (act.first, act.last) in by_rules:
            continue
        if act.source is None:
            kept.append(act)
            continue
        twin = next((n for n in known[act.source] if _is_double(kept[n], act)), None)
        if twin is None:
            known[act.source].append(len(kept))
            kept.append(act)
        elif _rank(act) > _rank(kept[twin]):
            kept[twin] = act
    return kept


def _rank(act: Attributed) -> tuple[bool, bool]:
    return not act.only_tagged, not act.weak


def _is_double(a: Attributed, b: Attributed) -> bool:
    """The same words, or one in the other without a cue between them."""
    if (a.first, a.last) == (b.first, b.last):
        return True
    outer, inner = (a, b) if a.first <= b.first and b.last <= a.last else (b, a)
    if not (outer.first <= inner.first and inner.last <= outer.last):
        return False
    return (outer.cue is None or inner.cue is None) and not outer.carried


def _nesting(acts: Sequence[Attributed], sentence_of: Sequence[int]) -> list[int | None]:
    """For each act the smallest other one whose content holds its words of saying."""
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for number, act in enumerate(acts):
        for first, last in act.content:
            for sentence in range(sentence_of[first], sentence_of[last - 1] + 1):
                by_sentence[sentence].append(number)
    inside: list[int | None] = []
    for number, act in enumerate(acts):
        token = act.first if act.cue is None else act.cue
        around = [
            n
            for n in by_sentence[sentence_of[token]]
            if n != number and acts[n].holds(token) and _contains(acts[n], act)
        ]
        inside.append(min(around, key=lambda n: (_size(acts[n]), n)) if around else None)
    return inside


def _contains(outer: Attributed, act: Attributed) -> bool:
    if outer.cue is not None and act.holds(outer.cue):
        return False
    return act.cue is not None or (outer.first, outer.last) != (act.first, act.last)


def _size(act: Attributed) -> int:
    return sum(last - first for first, last in act.content)
