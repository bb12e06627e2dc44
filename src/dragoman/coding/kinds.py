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
_BELIEVING = frozenset(("believe", "suspect", "think", "reckon"))
_WISHING = frozenset(("want", "expect"))
_SUPPOSED = frozenset(
    ("would", "could", "may", "might", "will", "can", "should", "must", "'ll", "’ll", "shall")
)
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
        if act.lemma in _BELIEVING and act.kind == "assessment":
            charged = self._of_claim(act, speaker) == "accusation"
            return "accusation" if charged else act.kind
        if act.lemma in _CALLING and self._dismisses(act):
            return "denial"
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

    def _dismisses(self, act: Attributed) -> bool:
        """ "Described the reports as false": what was said of him is called untrue."""
        content = [t for first, last in act.content for t in range(first, last)]
        goal = None if act.cue is None else self.clauses.child(act.cue, "obj")
        if goal is None or self.lemmas[goal] not in self.saying.charges:
            return False
        untrue = self.saying.denying | self.saying.spurious
        return any(self.lemmas[t] in untrue for t in content if t > goal)

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
        lies = lemma == "lie" and self.analysis.upos[root] == "VERB"
        if lemma in self.saying.denying and not negated and not lies:
            return "denial"
        of_charges = subject is not None and self.lemmas[subject] in self.saying.charges
        untrue = lemma in self.saying.spurious and not negated
        if of_charges and (untrue or (lemma == "true" and negated)):
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
        charging = lemma in self.saying.accusing and not negated and not self._is_supposed(root)
        if other is not None and charging:
            return None if self._is_harmless(root) else "accusation"
        if self._charges(root, speaker):
            return "accusation"
        return None

    def _charges(self, root: int, speaker: str | None) -> bool:
        """“Oslo has reneged on the deal”, “Oslo's raids are a crime”: a wrong of another side."""
        if self._of_evil(root, speaker):
            return True
        subject = self.clauses.child(root, "nsubj")
        if subject is not None and self.lemmas[subject] in self.saying.wrong_names:
            other = self._actor_of(root)  # “the main obstacle is Oslo”
            copular = self.clauses.child(root, "cop") is not None
            if copular and other is not None and other != speaker:
                return True
        for told in (root, *self._joined(root)):
            if told in self.clauses.negation or self._is_supposed(told):
                continue
            if self._wrong_in(told) is None:
                continue
            passive = self.clauses.passive(told)
            doer = self.clauses.agent(told if passive else root)
            other = None if doer is None else self._actor_of(doer)
            own = speaker is not None and other is not None and self._speaks_for(speaker, other)
            if other is not None and other != speaker and not own:
                return True
        return False

    def _of_evil(self, root: int, speaker: str | None) -> bool:
        """“An example of the regime's brutality”: a wrong that is another side's own."""
        if root in self.clauses.negation or self._is_supposed(root):
            return False
        for token in (root, *self.analysis.children[root]):
            if self.analysis.upos[token] != "NOUN" or not self._is_evil(token):
                continue
            owner = self._culprit(token)
            other = self.cast.at(owner) if owner is not None else self.cast.modifier(token)
            other = other or (self._modifying(token) if owner is None else None)
            if other is None or other == speaker:
                continue
            if speaker is None or not self._speaks_for(speaker, other):
                return True
        return False

    def _is_evil(self, noun: int) -> bool:
        """“Brutality”, “the unacceptable behaviour”."""
        if self.lemmas[noun] in self.saying.evils:
            return True
        deprels = self.analysis.deprels
        told = (c for c in self.analysis.children[noun] if deprels[c] == "amod")
        return any(self.lemmas[c] in self.saying.condemning - {"dangerous"} for c in told)

    def _culprit(self, evil: int) -> int | None:
        """“The regime's brutality”, “the brutality of the regime”, “abuse by the regime”."""
        owner = self.clauses.child(evil, "nmod:poss")
        if owner is not None:
            return owner
        for clause in self.analysis.children[evil]:  # “plots backed by Oslo”
            if self.analysis.deprels[clause] == "acl" and self.clauses.passive(clause):
                return self.clauses.agent(clause)
        cases = ("by",) if self.lemmas[evil] in self.saying.suffered else ("by", "of")
        behind = [c for c in self.analysis.children[evil] if self.analysis.deprels[c] == "nmod"]
        return next((c for c in behind if self.clauses.case.get(c) in cases), None)

    def _modifying(self, noun: int) -> str | None:
        """The actor of “Norse aggression”, “regime brutality”."""
        found = (
            self.cast.at(c) or self.cast.modifier(c)
            for c in self.analysis.children[noun]
            if self.analysis.deprels[c] in ("amod", "compound")
        )
        return next((actor for actor in found if actor is not None), None)

    def _joined(self, root: int) -> list[int]:
        """“Has shelled the town and violated the truce”: the verbs that go on."""
        children, deprels = self.analysis.children, self.analysis.deprels
        return [
            c
            for c in children[root]
            if deprels[c] == "conj"
            and self.analysis.upos[c] in ("VERB", "NOUN", "ADJ")
            and self.clauses.child(c, "nsubj", "nsubj:pass") is None
        ]

    def _is_supposed(self, verb: int) -> bool:
        """“Would violate”, “if it violates”."""
        aux = {self.lemmas[a] for a in self.clauses.aux.get(verb, ())}
        return bool(aux & _SUPPOSED) or self.clauses.mark.get(verb) in ("if", "whether", "unless")

    def _wrong_in(self, root: int) -> int | None:
        """The word that tells a wrong: the predicate, or what it tries, or what it does it to."""
        lemma, saying = self.lemmas[root], self.saying
        if self.analysis.upos[root] != "VERB":
            named = lemma in saying.wrong_names or lemma in saying.condemning - {"dangerous"}
            stumbling = lemma == "block" and self.lemmas[root - 1] == "stumbling"
            copular = self.clauses.child(root, "cop") is not None
            return root if copular and (named or stumbling) else None
        if lemma in saying.wrongs or (lemma in saying.accusing and not self._is_harmless(root)):
            return root
        children, deprels = self.analysis.children, self.analysis.deprels
        if lemma == "fail":
            return root if self._failed(root) else None
        if lemma in saying.wrong_uses:
            struck = ("obj", "obl", "nsubj:pass")
            done_to = [c for c in children[root] if deprels[c] in struck]
            done_to += [c for d in done_to for c in children[d] if deprels[c] in ("nmod", "conj")]
            return root if any(self.lemmas[c] in saying.wrong_on for c in done_to) else None
        if lemma in saying.trying:
            inner = next((c for c in children[root] if deprels[c] == "xcomp"), None)
            if inner is not None and self.analysis.upos[inner] == "VERB":
                return self._wrong_in(inner)
        return None

    def _failed(self, root: int) -> bool:
        """“Failed in its duty”, “failed to protect them”, “failed us”, not “failed to win”."""
        children, deprels = self.analysis.children[root], self.analysis.deprels
        done = next((c for c in children if deprels[c] == "xcomp"), None)
        if done is not None:
            return self.lemmas[done] in self.saying.owed
        return any(
            deprels[c] in ("obj", "obl") and self.clauses.case.get(c) in (None, "in")
            for c in children
        )

    def _actor_of(self, noun: int) -> str | None:
        """Who does it, or whose deed it is: “Oslo”, “Oslo's raids”, “the Norse raids”."""
        actor = self.cast.at(noun) or self.cast.modifier(noun)
        if actor is not None:
            return actor
        owner = self.clauses.child(noun, "nmod:poss", "compound", "nmod")
        return None if owner is None else self.cast.at(owner)

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
            if subject is not None and self._charges(root, speaker):
                return "accusation"
            if self.clauses.mark.get(root) == "to" and (act.cue or 0) < act.first:
                return "demand"
            aux = {self.lemmas[a] for a in self.clauses.aux.get(root, ())}
            own = subject is not None and self._is_speaker(subject, act, speaker)
            if aux & _WILL and (own or self.lemmas[root] in self.saying.hostile):
                return "threat"
        return "assessment"
