"""What kind of statement: what the word of saying gives, and what the content makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.coding.acts import Attributed
from dragoman.coding.clauses import Clauses
from dragoman.coding.saying import Saying
from dragoman.language.analysis import Analysis
from dragoman.records import StatementKind

if TYPE_CHECKING:
    from dragoman.actors.cast import Cast

_I = frozenset(("i", "we", "us"))
_WILL = frozenset(("will", "'ll", "’ll", "would", "shall"))
_AIMS = frozenset(("want", "hope", "aim", "intend", "wish", "seek", "plan", "aspire"))
_CALLING = frozenset(
    ("call", "describe", "label", "brand", "dub", "term", "characterise", "depict")
)
# What is done by saying so, and those who speak for their state.
_DOING = frozenset(("demand", "accusation", "offer", "promise", "threat", "denial"))
_OFFICIAL = (("GOV",), ("MIL",), ("SPY",))
_POLITE = frozenset(
    """thank say express add stress tell congratulate point remind welcome apologise apologize
    emphasise emphasize underline mention note extend""".split()  # noqa: SIM905
)
_THINGS = frozenset(("it", "this", "that", "there"))  # “in theory it should help”
_ASKING = frozenset(("why", "how", "whether", "what"))
_WISHING = frozenset(("want", "expect"))
_REFUSED = frozenset(("accept", "allow", "tolerate", "permit", "let"))


class Kinds:
    """Judges the kind of each statement of one document."""

    def __init__(self, analysis: Analysis, clauses: Clauses, cast: Cast, saying: Saying) -> None:
        self.analysis = analysis
        self.clauses = clauses
        self.cast = cast
        self.saying = saying
        self.lemmas = clauses.lemmas

    def kind(self, act: Attributed, speaker: str | None) -> StatementKind:
        if act.kind == "claim":
            return self._of_claim(act, speaker)
        if act.kind == "other" and act.quoted and act.only_tagged:
            return self._of_claim(act, speaker)
        if act.lemma in ("warn", "caution") and act.kind == "assessment":
            return self._of_warning(act, speaker)
        if act.lemma in _CALLING and self._condemns(act):
            return "accusation"
        if act.lemma in _WISHING and act.cue is not None and self._asks(act.cue, speaker):
            return "demand"
        if act.lemma == "call" and act.kind == "demand" and not self._called_for(act):
            return "other"
        return act.kind

    def _called_for(self, act: Attributed) -> bool:
        """ "Called for talks", "called on Oslo to wait", not "called the king"."""
        words = self.analysis.words[(act.cue or 0) + 1 : act.first + 1]
        return any(word.lower() in ("for", "on", "upon") for word in words)

    def _condemns(self, act: Attributed) -> bool:
        """ "Called the vote a sham": a judgement in words that condemn; "called for" is none."""
        first = act.first
        if first and self.analysis.words[first - 1].lower() in ("for", "on", "upon"):
            return False
        return any(
            self.lemmas[token] in self.saying.condemning
            for first, last in act.content
            for token in range(first, last)
        )

    def roots(self, act: Attributed) -> list[int]:
        """The heads of the content's clauses: the first words that nothing inside governs."""
        heads, upos = self.analysis.heads, self.analysis.upos
        found = []
        for first, last in act.content:
            for token in range(first, last):
                if not first <= heads[token] < last and upos[token] != "PUNCT":
                    found.append(token)
        return found[:4]

    def _of_claim(self, act: Attributed, speaker: str | None) -> StatementKind:
        for root in self.roots(act):
            found = self._of_clause(root, act, speaker)
            if found is not None:
                return found
        return "claim"

    def _of_clause(self, root: int, act: Attributed, speaker: str | None) -> StatementKind | None:
        subject = self.clauses.child(root, "nsubj", "nsubj:pass")
        lemma = self.lemmas[root]
        negated = root in self.clauses.negation
        helpers = self.clauses.aux.get(root, ())
        aux = {self.lemmas[a] for a in helpers}
        if lemma in self.saying.denying and not negated:
            return "denial"
        if subject is None:
            return None
        if self._is_speaker(subject, act, speaker):
            if lemma in self.saying.idle or self._rather(root):
                return None
            if self._only_would(root, aux, subject):
                return "aim" if lemma == "like" and not self._only_says(root) else None
            done = None if negated or helpers else self._does_by_saying(root, subject)
            if done is not None:
                return done
            if aux & _WILL:
                hostile = lemma in self.saying.hostile or (negated and lemma in _REFUSED)
                return (
                    "threat" if hostile and not (negated and lemma not in _REFUSED) else "promise"
                )
            if lemma in self.saying.ready:
                return "offer" if self._for_what(root) else None
            over = self._over(root, subject, helpers) or self._only_says(root)
            if lemma in _AIMS and not negated and not over and not aux & self.saying.must:
                return "demand" if self._asks(root, speaker) else "aim"
            return None
        if aux & _WILL and lemma in self.saying.hostile and self._conditional(root):
            return "threat"
        if aux & self.saying.must and not act.hedged and subject < min(helpers):
            likely = "should" in aux and self.analysis.words[subject].lower() in _THINGS
            if "have" in aux or lemma in self.saying.idle or self._is_asked(act) or likely:
                return None  # “should have left”, “should expect losses”, “why it should pay”
            return "demand"  # no question: “why should they pay?”
        over = self.clauses.passive(root) or self._had_to(root, act)
        if lemma in ("need", "have") and self._infinitive(root) and not over:
            anybody = self.analysis.words[subject].lower() in ("you", "one")
            vague = any(self.lemmas[c] == "a" for c in self.analysis.children[subject])
            return None if anybody or vague else "demand"
        other = self.cast.at(subject)
        if other is not None and lemma in self.saying.accusing and not negated:
            return None if self._is_harmless(root) else "accusation"
        return None

    def _is_asked(self, act: Attributed) -> bool:
        """“Told them why it should end”: a question, told as one."""
        near = self.analysis.words[max(0, act.first - 1) : act.first + 1]
        return any(word.lower() in _ASKING for word in near)

    def _is_harmless(self, root: int) -> bool:
        """ "Responsible for security", "committed to peace" charge nobody."""
        if self.lemmas[root] == "commit" and self.clauses.child(root, "obj") is None:
            return True
        return any(self.lemmas[c] in self.saying.harmless for c in self.analysis.children[root])

    def _rather(self, root: int) -> bool:
        """ "They would rather stay" promises nothing."""
        return any(self.lemmas[c] == "rather" for c in self.analysis.children[root])

    def _does_by_saying(self, root: int, subject: int) -> StatementKind | None:
        """ "We call upon Peru to leave", "I accuse Peru": said by doing so."""
        if self.analysis.words[subject].lower() not in ("i", "we"):
            return None
        if self.analysis.xpos[root] not in ("VBP", "VB"):
            return None
        lemma, verbs = self.lemmas[root], self.saying.verbs
        cases = {self.clauses.case.get(c) for c in self.analysis.children[root]}
        entries = [
            e for case in sorted(filter(None, cases)) for e in verbs.get(f"{lemma}_{case}", ())
        ]
        entries += verbs.get(lemma, ())
        return next((e.kind for e in entries if e.kind in _DOING and not e.weak), None)

    def _only_says(self, root: int) -> bool:
        """ "I would like to thank you", "I wish to say how proud I am": the words do it."""
        done = [c for c in self.analysis.children[root] if self.analysis.deprels[c] == "xcomp"]
        return any(self.lemmas[c] in _POLITE for c in done)

    def _for_what(self, root: int) -> bool:
        """ "Ready to talk", "ready for talks", not "ready and vigilant"."""
        for child in self.analysis.children[root]:
            word = self.clauses.mark.get(child) or self.clauses.case.get(child)
            if child > root and word in ("to", "for"):
                return True
        return False

    def _had_to(self, root: int, act: Attributed) -> bool:
        """ "All had to ask him", in somebody's own words, is past; "are having to" no demand."""
        if any(self.lemmas[c] == "yet" for c in self.analysis.children[root]):
            return True  # “has yet to decide”
        tag = self.analysis.xpos[root]
        if self.lemmas[root] == "have" and self.clauses.child(root, "obj") is not None:
            return True  # “had only himself to blame”
        return tag == "VBG" or (tag == "VBD" and act.quoted)

    def _only_would(self, root: int, aux: set[str], subject: int) -> bool:
        """ "I would not suggest that" and "she would be wary" are no promises."""
        if "would" not in aux:
            return False
        own = self.analysis.words[subject].lower() in _I
        return own or self.analysis.upos[root] == "ADJ"

    def _over(self, root: int, subject: int, helpers: Sequence[int]) -> bool:
        """ "I hoped that", "I had wanted to": what is past is no aim."""
        first_person = self.analysis.words[subject].lower() in _I
        past = self.analysis.xpos[root] == "VBD" and first_person
        return past or any(self.lemmas[h] == "have" for h in helpers)

    def _asks(self, root: int, speaker: str | None) -> bool:
        """ "Wants the government to act": what another is to do, not what the speaker will."""
        children, deprels = self.analysis.children[root], self.analysis.deprels
        other = next((c for c in children if c > root and deprels[c] in ("obj", "iobj")), None)
        done = any(deprels[c] == "xcomp" for c in children)
        return other is not None and done and self.cast.at(other) not in (None, speaker)

    def _conditional(self, root: int) -> bool:
        return any(self.clauses.mark.get(c) == "if" for c in self.analysis.children[root])

    def _infinitive(self, root: int) -> bool:
        return any(self.analysis.deprels[c] == "xcomp" for c in self.analysis.children[root])

    def _is_speaker(self, subject: int, act: Attributed, speaker: str | None) -> bool:
        word = self.analysis.words[subject]
        if word.lower() in _I and word != "US":
            return True
        told = self.cast.at(subject)
        if speaker is None or told is None:
            return False
        return told == speaker or self._speaks_for(speaker, told)

    def _speaks_for(self, speaker: str, told: str) -> bool:
        """A minister or spokesman who says what the own state will do says it for that state."""
        official, state = self.cast.actor(speaker), self.cast.actor(told)
        if state.kind not in ("state", "government") or state.code is None:
            return False
        return official.code == state.code and official.sectors[:1] in _OFFICIAL

    def _of_warning(self, act: Attributed, speaker: str | None) -> StatementKind:
        """A warning of what oneself will do is a threat; of what may come, an assessment."""
        for root in self.roots(act):
            subject = self.clauses.child(root, "nsubj", "nsubj:pass")
            if self.clauses.mark.get(root) == "to" and (act.cue or 0) < act.first:
                return "demand"
            aux = {self.lemmas[a] for a in self.clauses.aux.get(root, ())}
            own = subject is not None and self._is_speaker(subject, act, speaker)
            if aux & _WILL and (own or self.lemmas[root] in self.saying.hostile):
                return "threat"
        return "assessment"
