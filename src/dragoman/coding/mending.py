"""Common mistakes of parses, put right before the grammar is read off them.

Each rule looks for a shape that good English does not have, and gives it the one that it does. What
is mended is a copy; where nothing is, it is the analysis itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.analysis import ROOT, Analysis

_MISPLACED = frozenset({"obj", "nsubj", "obl", "nsubj:pass", "nsubj:outer"})
_LOWERS = frozenset({"to", "of", "from"})
_ASPECT = frozenset(
    {"resume", "stop", "start", "begin", "continue", "cease", "keep", "halt", "suspend", "deny"}
    | {"avoid", "admit"}
)
_MODIFYING = frozenset(
    {"exist", "remain", "grow", "go", "pend", "follow", "lead", "last", "work", "rise", "develop"}
)
# Verbs whose particle a parse may take for a preposition before their object.
_PHRASAL = {
    "hand": {"in", "over", "back", "out"},
    "turn": {"in", "over", "away", "back", "down"},
    "lay": {"down"},
    "give": {"up", "back"},
    "take": {"over", "in", "back"},
    "set": {"up", "off"},
    "call": {"off", "up"},
    "break": {"off", "up"},
    "cut": {"off"},
    "put": {"off"},
    "shut": {"down", "off"},
    "close": {"down"},
    "pull": {"down", "back"},
    "drive": {"out", "off"},
    "throw": {"out"},
    "force": {"out"},
    "push": {"back", "out"},
    "round": {"up"},
    "blow": {"up"},
    "burn": {"down"},
    "gun": {"down"},
    "shoot": {"down"},
    "vote": {"down"},
    "roll": {"back"},
    "bring": {"down", "back"},
    "seal": {"off"},
    "step": {"up"},
    "carry": {"out"},
    "wipe": {"out"},
    "rule": {"out"},
    "build": {"up"},
    "fend": {"off"},
    "fight": {"off"},
    "beat": {"back", "off"},
}
_GIVING = frozenset({"deny", "refuse", "give", "grant", "offer", "send", "hand", "award", "allow"})
_PHRASE = 6  # words from a verb to the head of its object
_CLAUSE_MARKS = frozenset({"after", "before", "as", "since", "until", "while", "when"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLIMB = 4  # heads up from an infinitive to the verb that the sentence is told with
_SEATS = frozenset({"residence", "palace", "kremlin", "villa", "castle", "mansion", "house"})
_DUE_IN = frozenset({"in", "at", "back"})


def mended(analysis: Analysis, lemmas: Sequence[str]) -> Analysis:
    """The analysis with what is plainly wrong in its parse put right; `lemmas` in small letters."""
    mender = _Mender(analysis, lemmas)
    mender.mend()
    if not mender.changed:
        return analysis
    return replace(analysis, heads=list(mender.heads), deprels=list(mender.deprels))


class _Mender:
    def __init__(self, analysis: Analysis, lemmas: Sequence[str]) -> None:
        self.words = analysis.words
        self.upos = analysis.upos
        self.xpos = analysis.xpos
        self.lemmas = lemmas
        self.heads, self.deprels = analysis.heads, analysis.deprels
        self.children = analysis.children
        self.changed = False

    def mend(self) -> None:
        """Looks at each token once, by its relation in the parse."""
        for token, deprel in enumerate(self.deprels):
            if deprel == "case" and self.words[token] == "Under":
                self._under_secretary(token)
            elif deprel == "case":
                self._object_of_governor(token)
                self._phrasal(token)
                if self.lemmas[token] == "due":
                    self._due(token)
            elif deprel == "mark":
                self._object_of_governor(token)
            elif deprel in ("obl", "obl:agent"):
                self._restriction(token)
                self._at_least(token)
                self._plain_object(token)
                self._before_clause(token)
            elif deprel == "nmod":
                self._met_at(token)
                self._charged_with(token)
            elif deprel == "iobj":
                self._title(token)
                self._named_behind(token)
            elif deprel == "nmod:desc":
                self._title_behind(token)
            elif deprel == "nsubj":
                if self.words[token] == "who":
                    self._relative(token)
                self._active(token)
            elif deprel == "nsubj:pass":
                self._active(token)
            elif deprel == "obj" and self.upos[token] == "PROPN":
                self._headline(token)
            elif deprel == "xcomp" and self.upos[token] == "NOUN":
                self._given(token)
            elif deprel in ("amod", "xcomp") and self.xpos[token] == "VBG":
                self._gerund(token)
            elif deprel == "advcl" and self.xpos[token] == "VBN":
                self._subject_of_main(token)
                self._arranged(token)
            elif deprel == "conj":
                self._conjunct(token)
                self._finite_conjunct(token)

    def _object_of_governor(self, mark: int) -> None:
        """“Urged Turkey to accept …”: a parse may hang Turkey on the infinitive behind it.

        What stands between a verb and the “to” or “of” of its complement is the verb's own object.
        """
        clause = self.heads[mark]
        above = self.heads[clause] if clause > mark and self.words[mark] in _LOWERS else -1
        if above < 0 or self.upos[clause] != "VERB" or self.upos[above] != "VERB":
            return
        if above > mark or self.deprels[clause] not in ("xcomp", "advcl", "ccomp", "obl"):
            return
        before = [c for c in self.children[clause] if above < c < mark]
        if len(before) == 1 and self.deprels[before[0]] in _MISPLACED:
            self._hang(before[0], above)

    def _active(self, token: int) -> None:
        """“Shelling and air strikes killed ten”: two subjects, or those of a passive without “was”.

        The one before the verb does it, the one behind it undergoes it.
        """
        verb = self.heads[token]
        if token < verb or self.xpos[verb] not in ("VBD", "VBN"):
            return
        relations = [self.deprels[child] for child in self.children[verb]]
        if "aux:pass" in relations or "obj" in relations:
            return
        before = [
            c
            for c in self.children[verb]
            if c < verb and self.deprels[c] in ("nsubj", "nsubj:pass")
        ]
        if before and self.upos[token] in ("NOUN", "PROPN", "NUM"):
            self._move(token, verb, "obj")
            self._move(before[-1], verb, "nsubj")

    def _at_least(self, token: int) -> None:
        """“Killed at least ten people”: “at” belongs to the number."""
        verb = self.heads[token]
        if token < verb or self.upos[verb] != "VERB" or self.upos[token] not in ("NOUN", "PROPN"):
            return
        at = next((c for c in self.children[token] if self.deprels[c] == "case"), None)
        if at is None or at + 1 >= token or self.words[at] not in ("at", "At"):
            return
        relations = {self.deprels[child] for child in self.children[verb]}
        if self.lemmas[at + 1] not in ("least", "most") or relations & {"obj", "aux:pass"}:
            return
        if any(self.upos[t] == "NUM" for t in range(at + 2, token)):
            self._move(at, at + 1, "case")
            self._move(token, verb, "obj")

    def _plain_object(self, token: int) -> None:
        """“Reopened the Kerem Shalom crossing”: without a preposition it is the object."""
        verb = self.heads[token]
        if token < verb or self.upos[verb] != "VERB" or self.upos[token] not in ("NOUN", "PROPN"):
            return
        if any(self.deprels[c] in ("case", "nummod") for c in self.children[token]):
            return
        between = range(verb + 1, token)
        if token - verb > _PHRASE or any(self.upos[t] in ("ADP", "PUNCT", "VERB") for t in between):
            return
        relations = {self.deprels[child] for child in self.children[verb]}
        if not relations & {"obj", "aux:pass", "xcomp", "ccomp", "nsubj:pass", "expl"}:
            self._move(token, verb, "obj")

    def _before_clause(self, token: int) -> None:
        """“After the speaker, Ana Diaz, met him”: she is the subject of what is told behind her."""
        above = self.heads[token]
        case = next((c for c in self.children[token] if self.deprels[c] == "case"), None)
        if above > token or (case is not None and self.lemmas[case] not in _CLAUSE_MARKS):
            return
        for verb in self.children[above]:
            if verb < token or self.deprels[verb] != "advcl" or self.xpos[verb] not in _FINITE:
                continue
            own = {self.deprels[c]: c for c in self.children[verb]}
            marked = case is None and above < own.get("mark", -1) < token
            if own.keys() & {"nsubj", "nsubj:pass", "aux:pass"} or (case is None) != marked:
                return
            if case is not None and "mark" in own:
                return
            self._move(token, verb, "nsubj")
            if case is not None:
                self._move(case, verb, "mark")
            return

    def _named_behind(self, token: int) -> None:
        """“Told his counterpart Ana Diaz that …”: the name is that of the one told."""
        verb, before = self.heads[token], token - 1
        if self.upos[token] != "PROPN" or self.upos[before] != "NOUN":
            return
        if self.heads[before] == verb and self.deprels[before] in ("iobj", "obj"):
            self._move(token, before, "appos")

    def _given(self, token: int) -> None:
        """“Were denied access to the region”: what is given or denied is an object."""
        verb = self.heads[token]
        passive = any(self.deprels[c] == "aux:pass" for c in self.children[verb])
        if passive and self.lemmas[verb] in _GIVING and token > verb:
            self._move(token, verb, "obj")

    def _finite_conjunct(self, token: int) -> None:
        """“Ordered them to leave and closed the consulate”: who ordered has closed it."""
        clause = self.heads[token]
        if self.xpos[token] != "VBD" or self.xpos[clause] != "VB" or clause > token:
            return
        if not any(self.words[c] == "to" for c in self.children[clause]):
            return
        above, seen = self.heads[clause], 0
        while above >= 0 and self.xpos[above] not in ("VBD", "VBZ", "VBP") and seen < _CLIMB:
            above, seen = self.heads[above], seen + 1
        own = any(self.deprels[c].startswith("nsubj") for c in self.children[token])
        if 0 <= above < clause and seen < _CLIMB and self.xpos[above] == "VBD" and not own:
            self._move(token, above, "conj")

    def _arranged(self, token: int) -> None:
        """“Spoke before his call with Biden scheduled for May 9”: the call is scheduled."""
        verb, noun = self.heads[token], token - 1
        if self.lemmas[token] not in ("schedule", "scheduled", "slate", "slated") or verb >= noun:
            return
        if any(self.deprels[c] in ("mark", "nsubj", "nsubj:pass") for c in self.children[token]):
            return
        if self.upos[noun] not in ("NOUN", "PROPN"):
            return
        while noun > verb and self.heads[noun] != verb:
            noun = self.heads[noun]
        if noun > verb and self.deprels[noun] in ("obl", "obj"):
            self._move(token, noun, "acl")

    def _met_at(self, token: int) -> None:
        """“Held talks at the residence with the minister”: the talks are with the minister."""
        place = self.heads[token]
        with_whom = any(self.lemmas[c] == "with" for c in self.children[token] if c < token)
        if not with_whom or self.lemmas[place] not in _SEATS or self.deprels[place] != "obl":
            return
        if self.heads[place] >= 0 and self.upos[self.heads[place]] == "VERB":
            self._move(token, self.heads[place], "obl")

    def _charged_with(self, token: int) -> None:
        """“Accused the security forces of abuses”: they are no forces of abuses."""
        noun = self.heads[token]
        verb = self.heads[noun]
        accused = verb >= 0 and self.lemmas[verb] == "accuse" and self.deprels[noun] == "obj"
        case = [self.words[c] for c in self.children[token] if self.deprels[c] == "case"]
        if accused and noun < token and case == ["of"]:
            self._move(token, verb, "obl")

    def _title_behind(self, token: int) -> None:
        """“Minister Diaz met with Minister Ruiz”: a title behind a name is not that name's."""
        name = self.heads[token]
        cases = [c for c in self.children[token] if self.deprels[c] == "case" and c < token]
        verb = self.heads[name] if 0 <= name < token else -1
        if not cases or not name < verb < cases[0] or self.upos[verb] != "VERB":
            return
        self._move(token, verb, "obl")

    def _restriction(self, token: int) -> None:
        """“Sanctions on those deemed …”: the phrase belongs to the noun, not to the participle."""
        verb = self.heads[token]
        if self.deprels[verb] == "acl" and self.heads[verb] < token < verb:
            self._hang(token, self.heads[verb])

    def _relative(self, who: int) -> None:
        """“Said it was done by rebels who had …”: of the rebels, wherever the parse hangs it."""
        noun, verb = who - 1, self.heads[who]
        if who == 0 or verb < who or self.upos[noun] not in ("NOUN", "PROPN"):
            return
        above = self.heads[verb]
        astray = self.deprels[verb] in ("ccomp", "advcl", "parataxis") and 0 <= above < noun
        if astray and above != self.heads[noun]:  # “asked the minister who had come”
            self._move(verb, noun, "acl:relcl")

    def _title(self, token: int) -> None:
        """“Summoned Mali's ambassador Oumar Diallo”: one object, a title and a name."""
        name = token + 1
        if self.upos[token] != "NOUN" or self.xpos[token] != "NN" or name >= len(self.words):
            return
        same = self.deprels[name] == "obj" and self.heads[name] == self.heads[token]
        if same and self.upos[name] == "PROPN":
            self._move(token, name, "nmod:desc")

    def _headline(self, token: int) -> None:
        """“BREAKING Chad attacks Mali”: a name right before a finite verb that has no subject."""
        verb = token + 1
        if verb >= len(self.words) or self.upos[verb] != "VERB" or self.heads[token] > token:
            return
        if self.xpos[verb] not in ("VBZ", "VBD") or self.deprels[verb] not in ("parataxis", "root"):
            return
        if not any(self.deprels[c] in ("nsubj", "nsubj:pass") for c in self.children[verb]):
            self._move(token, verb, "nsubj")

    def _gerund(self, token: int) -> None:
        """“Resumed shelling rebel territory”: the territory is shelled, not the shelling one."""
        verb, noun = token - 1, self.heads[token]
        if verb < 0 or self.lemmas[verb] not in _ASPECT or self.lemmas[token] in _MODIFYING:
            return
        if self.deprels[token] == "xcomp":
            objects = [c for c in self.children[verb] if self.deprels[c] == "obj" and c > token]
            if noun == verb and len(objects) == 1:
                self._move(objects[0], token, "obj")
            return
        if self.upos[verb] == "VERB" and self.heads[noun] == verb and self.deprels[noun] == "obj":
            self._move(token, verb, "xcomp")
            self._move(noun, token, "obj")

    def _subject_of_main(self, token: int) -> None:
        """“Newly appointed Prime Minister Diallo has refused”: the participle took the subject."""
        verb = self.heads[token]
        if verb < token or self.upos[verb] != "VERB":
            return
        if any(self.deprels[c] in ("nsubj", "nsubj:pass") for c in self.children[verb]):
            return
        for child in self.children[token]:
            if child < token or self.upos[child] not in ("PROPN", "NOUN"):
                continue
            if any(self.deprels[c] == "case" for c in self.children[child]):
                continue
            last = max([child, *self.children[child]])
            if all(self.upos[t] in ("AUX", "ADV", "PART") for t in range(last + 1, verb)):
                passive = any(self.deprels[c] == "aux:pass" for c in self.children[verb])
                self._move(child, verb, "nsubj:pass" if passive else "nsubj")
                return

    def _conjunct(self, token: int) -> None:
        """“For Peru to persuade China and Russia”: Russia goes with China, not with Peru."""
        first, above = token - 2, self.heads[token]
        if self.upos[token] != "PROPN" or not 0 <= above < first or self.words[token - 1] != "and":
            return
        if self.upos[first] != "PROPN" or self.heads[token - 1] != token:
            return
        if any(self.upos[t] == "VERB" for t in range(above + 1, first)):
            while self.deprels[first] in ("flat", "compound") and self.heads[first] < first:
                first = self.heads[first]
            self._move(token, first, "conj")

    def _under_secretary(self, token: int) -> None:
        """“The US Under Secretary of State”: an office of the state before it, no preposition."""
        office, state = token + 1, token - 1
        if self.words[office : office + 1] not in (["Secretary"], ["Secretary-General"]):
            return
        self._move(token, office, "compound")
        if state < 0 or self.upos[state] != "PROPN" or self.heads[office] > state:
            return
        if self.heads[state] == self.heads[office] or self.heads[office] == state:
            self._move(office, self.heads[state], self.deprels[state])
            self._move(state, office, "compound")
            for child in list(self.children[state]):
                if child < state:
                    self._move(child, office, self.deprels[child])
            name = office + 1  # the name that the parse made a phrase of its own
            while name < len(self.words) and self.upos[name] in ("ADP", "PROPN", "ADJ", "CCONJ"):
                beside = self.heads[name] == self.heads[office] and self.deprels[name] == "obl"
                if beside and self.upos[name] == "PROPN":
                    self._move(name, office, "appos")
                name += 1

    def _phrasal(self, token: int) -> None:
        """“Handed in their weapons”: “in” belongs to the verb, and the weapons are its object."""
        verb, noun = token - 1, self.heads[token]
        if verb < 0 or self.upos[verb] != "VERB" or self.heads[noun] != verb:
            return
        if self.deprels[noun] != "obl" or self.lemmas[token] not in _PHRASAL.get(
            self.lemmas[verb], ()
        ):
            return
        relations = {self.deprels[child] for child in self.children[verb]}
        if relations & {"obj", "aux:pass"} or self.words[token + 1 : token + 2] == ["of"]:
            return
        self._move(token, verb, "compound:prt")
        self._move(noun, verb, "obj")
        for child in list(self.children[verb]):
            if self.deprels[child] == "nsubj:pass":
                self._move(child, verb, "nsubj")

    def _due(self, token: int) -> None:
        """“Is due in Warsaw”: “due” is what is said of someone, no preposition."""
        place = self.heads[token]
        copula = any(self.deprels[c] == "cop" for c in self.children[place])
        if not copula or self.lemmas[token + 1] not in _DUE_IN:
            return
        above, deprel = self.heads[place], self.deprels[place]
        moved = [c for c in self.children[place] if c < token or c > place]
        self._move(token, above, deprel)
        for child in moved:
            inner = self.deprels[child] in ("compound", "amod", "flat", "nmod", "appos", "conj")
            if child != token and not inner:
                self._move(child, token, self.deprels[child])
        self._move(place, token, "obl")

    def _hang(self, token: int, head: int) -> None:
        has_case = any(self.deprels[c] == "case" for c in self.children[token])
        nominal = self.upos[head] != "VERB"
        self._move(token, head, "nmod" if nominal else "obl" if has_case else "obj")

    def _move(self, token: int, head: int, deprel: str) -> None:
        if not self.changed:
            self.changed = True
            self.heads, self.deprels = list(self.heads), list(self.deprels)
            self.children = [list(children) for children in self.children]
        if self.heads[token] != ROOT:
            self.children[self.heads[token]].remove(token)
        self.heads[token], self.deprels[token] = head, deprel
        if head != ROOT:
            self.children[head] = sorted([*self.children[head], token])
