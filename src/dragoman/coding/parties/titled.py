"""People by their offices: the name that ends an office's words, and lists of such people.

The parse hangs a name, or the next office of a list, on the state or body of which the one before
is; the words themselves show who is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.name_spans import TEMPORAL
from dragoman.coding.clauses import Clauses
from dragoman.coding.fillers import CastLike

# Offices that stand before the name of who holds them, with what lies between: “of the Italian
# Republic”, “for Foreign Affairs of the Office of the Prime Minister of Slovenia”.
_OFFICES = frozenset(
    {"president", "minister", "chancellor", "secretary", "secretary-general", "general", "king"}
    | {"queen", "prince", "emir", "sultan", "chairman", "chairwoman", "chairperson", "chair"}
    | {"director", "director-general", "commissioner", "representative", "ambassador", "head"}
    | {"speaker", "adviser", "advisor", "envoy", "premier", "prosecutor", "leader", "commander"}
    | {"chief", "governor", "coordinator"}
)
_OFFICE_WORDS = 24  # from an office to the name of its holder
_LIST_WORDS = 60
_LISTING = frozenset({",", "and", "of", "in", "for", "the", "'s", "’s", "-", "–"})
_FIELD = 5  # words of one of several things that an office is for
_OF_OFFICES = frozenset({"of", "the", "for", "on", "in", "and", "-", "–", "'s", "’s", "to", "at"})
_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET"})
_FINITE = frozenset({"aux", "aux:pass", "cop"})


class Titled:
    """Answers for the offices and names of one document."""

    def __init__(self, clauses: Clauses, cast: CastLike) -> None:
        self.clauses = clauses
        self.cast = cast

    def before_who(self, token: int) -> list[str]:
        """“Met A, B and C, who arrived in Peru”: all of a list, where the verb is of several."""
        clauses = self.clauses
        if clauses.lemmas[token] != "who" or clauses.heads[token] < 0:
            return []
        verb = clauses.heads[token]
        told = [verb, *(c for c in clauses.children[verb] if clauses.deprels[c] in _FINITE)]
        if any(clauses.xpos[t] == "VBZ" or clauses.words[t].lower() == "was" for t in told):
            return []
        found: list[str] = []
        several = False
        for before in range(token - 1, max(-1, token - _OFFICE_WORDS * 3), -1):
            named = self.cast.at(before)
            if self._is_name(before, named):
                found.append(named or "")
                continue
            word = clauses.lemmas[before]
            several = several or (word == "and" and bool(found))
            if word not in _OF_OFFICES and word != "," and clauses.upos[before] not in _NOMINAL:
                break
        found = list(dict.fromkeys(reversed(found)))
        return found if len(found) > (1 if several else 2) else []

    def listed(self, token: int) -> list[str]:
        """“Minister of Peru A, Minister of Chile B and Minister of Cuba C”: all of a list.

        The parse hangs the later ones on a state or a name of the ones before. Each is an
        office with the name of its holder, right behind a comma or “and”; “and” is before the last.
        """
        clauses, found, ended = self.clauses, [], False
        if clauses.lemmas[token].lower() not in _OFFICES:
            return []
        at: int | None = token
        while at is not None:
            named = self._name_behind(at)
            if named is None:
                break
            actor, after = named
            found.append(actor)
            at, ended = self._next_office(after, ended)
        return found if ended else []

    def listed_before(self, token: int) -> list[str]:
        """“President A, President of Peru B and Minister of Chile C met”: those before the last.

        The parse makes the last name the subject; each is an office with a name, “and” the last.
        """
        clauses, named = self.clauses, self.cast.at(token)
        if named is None or not clauses.deprels[token].startswith("nsubj"):
            return []
        if not self.is_named_at(token, named):
            return []
        found: list[str] = []
        office = several = False
        last = named
        for before in range(token - 1, max(-1, token - _OFFICE_WORDS * 3), -1):
            actor = self.cast.at(before)
            word = clauses.lemmas[before].lower()
            if actor != last and self._is_name(before, actor):
                if not office:
                    return []
                last, office = actor or "", False
                found.append(last)
                continue
            if word in _OFFICES:
                office = True
            elif word in ("and", ","):
                several = several or (word == "and" and not found and office)
            elif word not in _OF_OFFICES and clauses.upos[before] not in _NOMINAL:
                break
        return found[::-1] if found and several and office else []

    def in_list(self, token: int) -> list[str]:
        """The people of a list who are told by name, from the words alone.

        Each name ends what stands between two commas or “and”, is not what an “of” before it
        brings, and is no subject of a verb behind it; “and” or “as well as” brings the last.
        """
        clauses, found = self.clauses, list[str]()
        ended = False
        at = token
        words = clauses.words
        sentence = clauses.analysis.sentence_of[token]
        until = clauses.analysis.tokens.bounds[sentence + 1]
        while at < min(until, token + _LIST_WORDS):
            actor = self.cast.at(at)
            if self._is_name(at, actor):
                after = at + 1
                while after < until and self.is_named_at(after, actor or ""):
                    after += 1
                if after < until and (clauses.is_verb(after) or after in clauses.aux):
                    break
                if after < until and clauses.upos[after] in ("AUX", "VERB"):
                    break
                if self._stands_apart(at, token):
                    found.append(actor or "")
                    if ended:
                        return list(dict.fromkeys(found))
                at = after
                continue
            word = words[at].lower()
            if word == "and" and at > token:
                ended = True
            elif word == "as" and clauses.lemmas[at : at + 3] == ["as", "well", "as"]:
                ended, at = True, at + 2
            elif word not in _LISTING and clauses.upos[at] not in _NOMINAL | {"PART"}:
                break
            at += 1
        return []

    def _stands_apart(self, name: int, first: int) -> bool:
        """Do only the words of an office stand between a name and the comma or “and” before it?"""
        clauses = self.clauses
        for at in range(name - 1, first - 1, -1):
            word = clauses.words[at].lower()
            if word in (",", "and", "as"):
                return True
            if word in ("of", "in", "for", "to", "with"):
                return False
        return True

    def _name_behind(self, office: int) -> tuple[str, int] | None:
        """The person whose name ends an office's phrase, and where it ends."""
        clauses = self.clauses
        for at in range(office + 1, min(office + _OFFICE_WORDS, len(clauses.words))):
            named = self.cast.at(at)
            if named is not None and self._is_name(at, named):
                after = at + 1
                while after < len(clauses.words) and self.is_named_at(after, named):
                    after += 1
                return named, after
            if clauses.lemmas[at] not in _OF_OFFICES and clauses.upos[at] not in _NOMINAL:
                return None
        return None

    def _next_office(self, after: int, ended: bool) -> tuple[int | None, bool]:
        """The office that goes on a list behind a name; whether “and” brings its last."""
        clauses = self.clauses
        if ended or after + 1 >= len(clauses.words):
            return None, ended
        at = after + 1 if clauses.words[after] == "," else after
        if clauses.lemmas[at] == "and":
            at, ended = at + 1, True
        elif at == after:
            return None, ended
        for office in range(at, min(at + 4, len(clauses.words))):
            if clauses.lemmas[office].lower() in _OFFICES:
                return (office, ended) if clauses.words[at][0].isupper() else (None, False)
            if clauses.upos[office] not in _NOMINAL:
                break
        return None, False

    def hung_on(self, token: int, depth: int = 0) -> list[str]:
        """“The leaders of Peru and the President of Chile”: an office hung on the state before."""
        clauses, found = self.clauses, list[str]()
        office = clauses.lemmas[token].lower() in _OFFICES
        if depth > 1 or (self.cast.at(token) is None and not office):
            return []
        for child in clauses.under(token, "of"):
            for other in clauses.coordinated(child):
                actor = self.cast.at(other) if other != child else None
                actor = actor or (self.holder(other, None) if other != child else None)
                if actor is None or self.cast.actor(actor).kind not in ("person", "unnamed"):
                    continue
                first, _ = clauses.analysis.subtree(other)
                told = clauses.lemmas[first] in ("the", "and", ",")
                if clauses.lemmas[other].lower() in _OFFICES | {"leadership"} and (
                    told or clauses.words[first][0].isupper()
                ):
                    found += [actor, *self.hung_on(other, depth + 1)]
        return found

    def holder(self, token: int, actor: str | None) -> str | None:
        """“Prime Minister of the Italian Republic Mario Draghi”: the name that ends the phrase.

        The parse hangs it on the state or body of which the office is, and an office alone may
        have been taken for somebody else's.
        """
        clauses = self.clauses
        if clauses.lemmas[token].lower() not in _OFFICES or clauses.xpos[token] in ("NNS", "NNPS"):
            return None
        known = self.cast.actor(actor) if actor is not None else None
        if known is not None and known.kind == "person" and self.is_named_at(token, known.id):
            return None
        inner: list[str] = []  # offices within: “adviser to the president of Peru Ana Diaz”
        skipped, former = -1, False
        for at in range(token + 1, min(token + _OFFICE_WORDS, len(clauses.words))):
            if at <= skipped:
                continue
            named = self.cast.at(at)
            person = named is not None and self.cast.actor(named).kind == "person"
            office = clauses.lemmas[at].lower() in _OFFICES  # “of the President’s Office”
            if person and named is not None and not office and self.is_named_at(at, named):
                if named == actor or clauses.lemmas[at - 1] == "and" or self._acts(at, token):
                    return None
                return None if self._holds(named, inner) else named
            if clauses.lemmas[at] == "," and clauses.lemmas[at + 1 : at + 2] == ["former"]:
                former = True  # “Fellow at the Sol Institute, former ambassador to Peru Ana Diaz”
                continue
            if clauses.lemmas[at] == "," and self._is_further_office(at + 1):
                skipped = at + 1  # “Chair of the Delegation, Member of the Congress Ana Diaz”
                continue
            if clauses.lemmas[at] == "," and self._is_field(at + 1):
                continue  # “Minister for Industry, Trade and Energy of Peru Ana Diaz”
            if office and not former and "and" in clauses.lemmas[token:at]:
                return None
            if office:
                inner.append(clauses.lemmas[at].lower())
            skipped = self._past_brackets(at)
            if skipped > at:
                continue
            if clauses.lemmas[at] in TEMPORAL:
                return None
            if clauses.lemmas[at] not in _OF_OFFICES and clauses.upos[at] not in _NOMINAL:
                return None
        return None

    def _is_further_office(self, at: int) -> bool:
        """Does another office of the same person begin here, with a capital and no article?"""
        words, lemmas = self.clauses.words, self.clauses.lemmas
        if at + 1 >= len(words) or not words[at][0].isupper():
            return False
        return lemmas[at].lower() in _OFFICES | {"member"} and lemmas[at + 1] in ("of", "for")

    def _is_field(self, at: int) -> bool:
        """Does a list of what an office is for go on here, up to its “and”?"""
        clauses = self.clauses
        for word in range(at, min(at + _FIELD, len(clauses.words))):
            if clauses.lemmas[word] == "and":
                return word > at
            named = self.cast.at(word)
            person = named is not None and self.cast.actor(named).kind == "person"
            office = clauses.lemmas[word].lower() in _OFFICES
            if person or office or clauses.upos[word] not in _NOMINAL:
                return False
        return False

    def _past_brackets(self, at: int) -> int:
        """The end of “(WEF)” within an office's words; the token itself where none begins."""
        words = self.clauses.words
        return at + 2 if words[at] == "(" and words[at + 2 : at + 3] == [")"] else at

    def _acts(self, name: int, office: int) -> bool:
        """Is a name behind an office the subject of another clause (“in Kyiv Zelenskyy said”)?"""
        clauses = self.clauses
        if not clauses.deprels[name].startswith("nsubj") or clauses.heads[name] == office:
            return False
        verb = clauses.heads[name]
        if clauses.xpos[verb] == "VBG":
            return False  # “a message to the king of Peru Ana Diaz congratulating her”
        if any(
            c < office and clauses.deprels[c].startswith("nsubj") for c in clauses.children[verb]
        ):
            return False  # “the talks with the minister of Peru Ana Diaz were about trade”
        return verb != clauses.heads[office]

    def _holds(self, actor: str, inner: Sequence[str]) -> bool:
        """Is an office within a title known as the person's own (“aide to Chancellor X”)?"""
        known = self.cast.actor(actor)
        role = (known.role or "").casefold().partition(" of ")[0].partition(" to ")[0]
        return known.basis == "directory" and any(word in role.split() for word in inner)

    def is_named_at(self, token: int, actor: str) -> bool:
        """Does the token belong to a name of this person, as in “President Macron”?"""
        start, end = self.clauses.analysis.span(token, token + 1)
        return any(
            mention.form == "name" and mention.start <= start and end <= mention.end
            for mention in self.cast.actor(actor).mentions
        )

    def _is_name(self, token: int, actor: str | None) -> bool:
        """Does the token belong to the name of a person?"""
        if actor is None or not self.is_named_at(token, actor):
            return False
        return self.cast.actor(actor).kind == "person"
