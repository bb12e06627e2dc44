"""Is a statement a position of its speaker, and of which kind: read off its kind and wording.

The kind of a statement says what was done with words; a position is what a side stands for. “We
will visit the plant” is no offer, “he offered condolences” none either, and what Paris is accused
of wanting is no aim of Paris. The words are in `stances.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from dragoman.language.days import MONTHS, WEEKDAYS
from dragoman.merging.profiles import side_of
from dragoman.merging.records import Party
from dragoman.merging.said import Said
from dragoman.merging.stance_words import begins, has
from dragoman.merging.taken import Position, asks_for_anything, is_own_name, taken

_KINDS: Final[dict[str, Position]] = {
    "demand": "demand",
    "offer": "offer",
    "promise": "offer",
    "threat": "red line",
    "aim": "aim",
}
# Words that draw a line, whatever the kind of the statement in which they stand.
_LINES: Final = re.compile(
    r"\b(?:red lines?|"
    r"(?P<bad>(?:is|are|be|as|wholly|totally|completely|simply) unacceptable)|"
    r"out of the question|non-negotiable|not negotiable|"
    r"(?P<own>(?:will|would|can|could|shall) (?:not|never) (?:accept|tolerate|allow|permit|"
    r"recogni[sz]e|agree to|give up|give in|surrender|stand by|negotiate)|"
    r"never (?:accept|allow|recogni[sz]e|tolerate|give in)))",
    re.IGNORECASE,
)
_CROSSED: Final = re.compile(r"\bcross(?:ed|ing)\b[^.]*\bred lines?", re.IGNORECASE)
# What one vows to do by force is no offer.
_FORCE: Final = re.compile(
    r"\b(?:repuls\w*|repel\w*|fight(?:ing)?|resist\w*|war|attacks?|strikes?|destroy(?:ing)?|crush(?:ing)?|eliminat\w+|"
    r"eradicat\w+|wipe\w* out|defeat(?:ing)?|victory|(?:re)?captur\w+|retaliat\w+|revenge|"
    r"aveng\w+|retak\w+|seiz\w+|bomb\w*|forceful|offensive|assault|invasion|invade)\b",
    re.IGNORECASE,
)
_PEACE: Final = re.compile(
    r"\b(?:not|never|no|stop|end(?:ing)?|ceasefire|truce|help|aid)\b", re.IGNORECASE
)
_SHORT: Final = 6  # words before the words that draw a line
_WILL: Final = re.compile(
    r"(?:\b(?:will|would|shall)|['’]ll)\s+(?P<not>(?:not|never|no longer)\s+)?"
    r"(?:\w+ly\s+|also\s+|now\s+|still\s+|only\s+|then\s+|again\s+|[\"“]\s*)?(?P<verb>[\w-]+)|"
    r"\b(?P<wont>won['’]t|wouldn['’]t)\s+(?P<other>[\w-]+)",
    re.IGNORECASE,
)
_READY: Final = re.compile(r"\bbe\s+[\"“]?(?:\w+ly\s+)?(?:ready|willing|prepared)\s+(?:to|for)\b")
_CONDITION: Final = re.compile(r"\b(?:if|unless|whether)\b[^,;:]*$", re.IGNORECASE)
# “Asked not to be named”.
_NAMELESS: Final = re.compile(
    r"\b(?:remain|stay|be|speak\w*|quoted)\b.{0,12}\b(?:nameless|anonym\w+|unnamed|named|identified)\b"
    r"|\banonymity\b"
)
_DETAILS: Final = re.compile(r"\b(?:details|updates?|information|statement)\b")
# “No sign that he is willing …”.
_DOUBTED: Final = re.compile(
    r"\b(?:no|not|little|few|whether|unclear|doubt\w*|sceptic\w*|skeptic\w*|if)\b[^,;]*$|n['’]t\b[^,;]*$",
    re.IGNORECASE,
)
# “Hopes for peace have grown since Oslo said …”; “against calls for reform”.
_ANYBODYS: Final = re.compile(r"(?:hopes|fears|calls|demands) (?:for|of|that)\b", re.IGNORECASE)
_CALLS: Final = re.compile(r"(?:calls?|demands|appeals|pleas) (?:for|to|on)\b")
# In words that demand after a mere word of saying: “have had to move” asks for nothing.
_DEMANDS: Final = re.compile(
    r"\b(?:must|should|ought|demand|urg|call|appeal|insist|want|requir|let|stop|need|ask|"
    r"(?:has|have) to|is to|are to|to be|time)",
    re.IGNORECASE,
)
_HAD_TO: Final = re.compile(r"\b(?:had|having|have had) to\b")
# “Residents near the plant should drink bottled water”; “told me to go”, “wish you a safe trip”.
_ON_PEOPLE: Final = re.compile(
    r"\b(?:holidaymakers|residents|citizens|drivers|passengers|travell?ers|tourists|"
    r"parents|patients|consumers|customers|voters|viewers|readers|nationals)\b"
    r"[^.,;]{0,50}\b(?:should|must|need to)\b"
)
_NOT_TO: Final = re.compile(r"\W*(?:not|never) to (?:\w+ly )?(?P<verb>[\w-]+)", re.IGNORECASE)
_ON_ME: Final = re.compile(r"[\"“]?me (?:to|not)\b")
_WISHES: Final = re.compile(r"\bwish (?:you|him|her|them|all|everyone)\b", re.IGNORECASE)
# “Insists on its right to …”, “insisted on going on”: what one will do, not what others must.
_ON_OWN: Final = re.compile(
    r"(?:\w+ )*?insist\w* (?:on )?(?:its|his|her|their|\w+ing)\b", re.IGNORECASE
)
_NEVER: Final = re.compile(r"\b(?:not|never)\b|n['’]t\b")
_ON_WITH: Final = re.compile(r"\bcontinue to (?:\w+ly )?(?P<verb>[\w-]+)")
# “I hope it was an error”; “if I say I want …”.
_NOT_YET: Final = re.compile(
    r"\bhope[sd]? (?:that )?\w+ (?:was|were)\b|^\W*if\b[^,]*\b(?:want|hope|wish)", re.IGNORECASE
)
_NO_AIM: Final = re.compile(r"\b(?:no|any|without|little|hidden|alleged)\s+$", re.IGNORECASE)
_UNWILLING: Final = re.compile(r"\bnot\s+(?:\w+ly\s+)?(?:ready|willing|prepared)\s+(?:to|for)\b")
# “Is not considering offering …”, “a resolution calling on …”: who stands beside it says no such.
_NOT_DONE: Final = re.compile(
    r"\b(?:consider\w*|without|instead of|rather than|avoid\w*|stop\w*|den(?:y|ies|ied|ying)|"
    r"ruled? out|short of|idea of|possibility of|accused? \w+ of|about|resolutions?|letters?|"
    r"petitions?|motions?)\s+$",
    re.IGNORECASE,
)
# “All who act against Peru will face …”, “they will pay …”.
_SUFFER: Final = re.compile(
    r"\b(?:will|would|shall) (?:\w+ly )?(?:face|suffer|regret|bear|pay (?:dear(?:ly)?|"
    r"(?:a|the) (?:\w+ )?(?:price|cost)|for (?:it|this|that|what|their|his|her|its)))\b"
)
_POLITE: Final = re.compile(
    r"(?:\b(?:want|wanted|wanting|wish|like|hope)\s+|^\W*)to\s+(?:\w+ly\s+)?(?P<verb>[\w-]+)(?:\s+(?P<next>\w+))?"
)
_QUESTION: Final = frozenset({"what", "how", "if", "whether", "that", "who", "why"})
_FINITE: Final = re.compile(r"(?:will|would|is|are|can|could)\b")
# “They could use it to call on …”.
_COULD: Final = re.compile(r"\b(?:could|might|may|would)\b[^,;:]*\bto\s*$")
_DOING: Final = re.compile(
    r"\b(?:to|will|would|shall|['’]ll) (?:\w+ly )?(?P<verb>[\w-]+)", re.IGNORECASE
)
_HARM: Final = re.compile(r"\b(?:a lesson|violently|(?:heavy|high|the) price|by force)\b")
_TO: Final = re.compile(r"\W*to (?:\w+ly )?(?P<verb>[\w-]+)", re.IGNORECASE)
_ME: Final = re.compile(r"(?:me|us|him|her|you)\b", re.IGNORECASE)
# “Pressed on this, …”, “But asked to say more, …”: somebody was asked.
_ASKED: Final = re.compile(
    r"(?:pressed|asked|urged|told|pressured|encouraged|requested)\b", re.IGNORECASE
)
_OPENING: Final = frozenset({"", "but", "when", "and", "if", "though"})
_PAST: Final = re.compile(r"\b(?:was|were|had|would have|['’]d)\b")
_OPEN: Final = re.compile(r"\b(?:will|would(?! have)|can|could|may|might|to|['’]ll)\b")
_IF: Final = re.compile(r"\b(?:if|unless|as long as|until|should)\b", re.IGNORECASE)
_WHEN: Final = re.compile(r"\b(?:when|once)\b[^;:]*$", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"\W*(?:to|that|he|she|it|they|we|i|there|not to)\b", re.IGNORECASE)
_LONG: Final = 45  # words
_SENTENCES: Final = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘A-Z])")
_OWN_WILL: Final = (
    r"\b(?:will|would|shall|won['’]t|['’]ll|ready|willing|prepared|promise|pledge|vow)"
)
_TELLING: Final[dict[Position, re.Pattern[str]]] = {
    "demand": re.compile(r"\b(?:must|should|need|needs|demand|urge|call|want|ought)\b"),
    "offer": re.compile(_OWN_WILL),
    "red line": re.compile(_OWN_WILL + r"|never|red lines?|unacceptable|negotiable"),
    "aim": re.compile(r"\b(?:want|wants|hope|aim|goal|intend|seek|wish|will|shall)"),
}
# Words that cannot end what is told.
_LOOSE: Final = re.compile(
    r"(?:(?<!self)(?<!selves)(?<! step)(?<! turn)(?<! join),?\s+(?:for|of|by|as|that|to|and|with|"
    r"in|on|at|the|a|an|from|or|but|which|who|where|when|while|because|after|before|if|is|was|are|were))+$"
)
# A headline that runs into the dateline below it.
_DATELINE: Final = re.compile(
    r"\s+(?:[A-Z]{5,}(?:, [A-Z]\w+)?(?: \(.*)?|[A-Z]\w+, [A-Z]\w+ \((?:CNN|Reuters|AP|AFP)\b.*)$"
)
_GUARDED: Final = ("aim", "threat")
_HEAD: Final = 6  # words at the head of a noun phrase among which its noun is


def position_of(said: Said, outer: Said | None = None) -> Position | None:
    """The kind of position that a statement takes, if any; `outer` is the one that contains it."""
    if _is_said_of_him(said, outer) or _is_supposed(said) or _is_unfit(said):
        return None
    if _draws_a_line(said):
        return "red line"
    if said.kind == "promise":
        return _promised(said)
    if said.kind == "offer":
        if _UNWILLING.search(said.content):
            return "red line"
        return None if _offers_words(said) or _is_for_force(said) else "offer"
    if said.kind == "threat":
        return "red line" if _threatens(said) else None
    if said.kind == "demand" and not _asks(said):
        return None
    if said.kind == "demand" and _ON_OWN.match(f"{said.cue} {said.content}"):
        return "aim"
    if said.kind == "denial":
        return "red line" if _refuses(said) else None
    if said.kind in ("claim", "assessment") and not has("cues", "fearing", said.cue):
        return next((kind for kind, _ in taken(said)), None)
    return _KINDS.get(said.kind)


def positions_of(said: Said, outer: Said | None = None) -> list[tuple[Position, Said]]:
    """The positions that a statement takes, each with as much of it as takes the position."""
    first = position_of(said, outer)
    if first is None:
        return []
    if said.kind not in ("claim", "assessment"):
        return [(first, said)]
    told = [(kind, replace(said, content=words)) for kind, words in taken(said)]
    if first == "red line" and all(kind != first for kind, _ in told):
        told.append((first, said))
    return told


def is_home_affair(said: Said) -> bool:
    """Does a content tell of prices, schools or courts, and of nobody abroad?"""
    others = [
        word
        for word in re.findall(r"(?<=[\w,] )[A-Z][\w’'-]{2,}", said.content)
        if not is_own_name(said, word) and word.casefold() not in (*WEEKDAYS, *MONTHS)
    ]
    if others or has("home", "abroad", said.content):
        return False
    return has("home", "affairs", said.content)


def _refuses(said: Said) -> bool:
    """“Rejected calls to resign”, “refuses to talk”, not “rejected the charge”."""
    if not has("cues", "refusing", said.cue) or _NEVER.search(said.cue):
        return False
    if has("cues", "refusing_to", said.cue):
        deed = _TO.match(said.content)
        return deed is not None and not begins("refused", "words", deed["verb"].casefold())
    head = " ".join(said.content.split()[:_HEAD])
    if re.match(r"(?:any |all )?talk of\b", head):
        return False  # “dismissed talk of a rift”
    return has("refused", "wanted", head) and not has("refused", "told", head)


def _is_said_of_him(said: Said, outer: Said | None) -> bool:
    """Another says that he wants, threatens or, in a charge, demands it."""
    if outer is not None and outer.side != said.side:
        news = outer.speaker is not None and outer.speaker.sectors[:1] == ("JRN",)
        if news and not has("said_of", "onlookers", outer.speaker_text or ""):
            return False
        if said.kind in _GUARDED or outer.kind in ("accusation", "demand"):
            return True
    if said.kind in _GUARDED:
        return has("said_of", "words", said.lead)
    return said.kind in ("offer", "promise") and has("said_of", "charging", said.lead)


def _is_unfit(said: Said) -> bool:
    """A headline in capitals from another text; a content that holds its own words of saying;
    “pressed on it, he said”; what somebody wanted once.
    """
    if said.content.rstrip("\"”’' ").endswith("?") or _NAMELESS.search(said.content):
        return True
    if sum(map(str.isupper, said.content)) > sum(map(str.islower, said.content)):
        return True
    if said.cue and said.cue in said.content and not said.quoted:
        return True
    if said.cue.endswith("ing") and " " not in said.cue and _NOT_DONE.search(said.lead):
        return True
    if not said.lead.strip() and _ANYBODYS.match(said.cue):
        return True
    if said.kind == "demand" and (_CALLS.match(said.content) or _ON_ME.match(said.content)):
        return True
    if said.kind == "aim" and _NOT_YET.search(said.content):
        return True
    if said.kind == "aim" and _WISHES.search(f"{said.cue} {said.content}"):
        return True
    if said.kind == "demand" and not has("cues", "demanding", said.cue):
        if not asks_for_anything(said) or _ON_PEOPLE.search(said.content):
            return True
        words = _HAD_TO.sub("", said.content)
        if len(words) < len(said.content) and not _DEMANDS.search(words):
            return True
    if said.kind == "aim" and _NO_AIM.search(said.lead):
        return True
    if said.kind == "demand":
        return bool(_ASKED.match(said.cue)) and said.lead.casefold().strip() in _OPENING
    if said.kind != "aim":
        return False
    polite = _POLITE.search(said.content)
    if polite is not None and (
        begins("want", "polite", polite["verb"].casefold())
        or (polite["verb"] == "see" and (polite["next"] or "") in _QUESTION)
    ):
        return True
    if said.cue.startswith("had ") or (said.lead + said.cue).casefold().startswith("according"):
        return True
    real = has("cues", "hoping", said.cue) or said.quoted
    return real and bool(_PAST.search(said.content)) and not _OPEN.search(said.content)


def _is_supposed(said: Said) -> bool:
    """“If Peru wants …”, “when Peru wanted …”: nobody has said so."""
    if said.kind == "offer" and has("cues", "ready", said.cue) and _DOUBTED.search(said.lead):
        return True
    if said.kind == "aim" and _FINITE.match(said.content):
        return True  # “what he hopes will be …”
    if said.quoted or not said.lead:
        return False
    if _COULD.search(said.lead):
        return True
    return bool(_CONDITION.search(said.lead)) or (
        said.kind == "aim" and bool(_WHEN.search(said.lead))
    )


def _draws_a_line(said: Said) -> bool:
    """Where somebody only tells how things are, it must be his own line."""
    if said.kind in ("accusation", "denial", "other"):
        return False
    line = _LINES.search(said.content)
    if line is None or _CROSSED.search(said.content):
        return False
    if line["bad"] is not None and not has("lines", "nouns", said.content[: line.start()]):
        return "would be" in said.content[max(0, line.start() - 9) : line.end()]
    if said.kind not in ("claim", "assessment") or line["own"] is None:
        return True
    before = said.content[: line.start()].split()
    own = {"i", "we", "it", "he", "she", *said.speaker_name.casefold().split()}
    return len(before) <= _SHORT and any(word.strip("“\"'‘").casefold() in own for word in before)


def _promised(said: Said) -> Position | None:
    """What is promised by force is an aim; of what one merely “will”, an offer what helps."""
    vowed = has("cues", "vowing", said.cue)
    bound = vowed or has("cues", "binding", said.cue)
    if (bound or _IF.search(said.content)) and _is_hostile(said.content):
        return "red line"
    if _SUFFER.search(said.content):
        return "red line"
    if bound and (not_to := _NOT_TO.match(said.content)):
        verb = not_to["verb"].casefold()
        if begins("will", "restraint", verb) or _is_by_force(verb):
            return "offer"
        return "red line" if begins("will", "yielding", verb) else "offer"
    if vowed:
        deed = _TO.match(said.content)
        if deed is not None and deed["verb"] in ("tell", "say", "speak", "explain"):
            return None
        gives = deed is not None and begins("will", "giving", deed["verb"].casefold())
        return "offer" if gives and not _is_by_force(said.content) else "aim"
    if has("cues", "binding", said.cue):
        sure = said.cue.casefold().startswith("guarante") and not _CLAUSE.match(said.content)
        if sure or _offers_words(said):
            return None
        deed = _TO.match(said.content)
        if deed is not None and begins("will", "staying", deed["verb"].casefold()):
            return "aim"
        return "aim" if _is_by_force(said.content) else "offer"
    will = _WILL.search(said.content)
    if will is None:
        return "aim" if _is_by_force(said.content) else None
    if _READY.search(said.content):
        return None if _is_by_force(said.content) else "offer"
    verb = (will["verb"] or will["other"]).casefold()
    if will["not"] or will["wont"]:
        if begins("will", "restraint", verb):
            return "offer"
        return "red line" if begins("will", "yielding", verb) else None
    if _is_by_force(said.content):
        return "aim"
    if begins("will", "giving", verb):
        return None if _DETAILS.search(said.content) else "offer"
    if verb == "continue":  # “will continue to assess”
        goes_on = _ON_WITH.search(said.content)
        verb = goes_on["verb"].casefold() if goes_on else verb
        return None if begins("will", "weighing", verb) else "aim"
    return "aim" if begins("will", "bringing", verb) else None


def _is_hostile(content: str) -> bool:
    """“To retaliate”, “will punish them”, “a strong response”, not “support for sanctions”."""
    if _HARM.search(content) or _SUFFER.search(content):
        return True
    if _CLAUSE.match(content) or _DOING.match(content):
        verbs = [m["verb"].casefold() for m in _DOING.finditer(content)]
        return any(begins("will", "hostile", verb) for verb in verbs)
    return has("will", "hostile", re.split(r"\b(?:for|of|to)\b", content, maxsplit=1)[0])


def _is_by_force(content: str) -> bool:
    """ "To recapture the town", "not to stop until they are defeated", not "to end the war"."""
    if re.search(r"\b(?:not|never) (?:stop|rest|cease|end)\b", content):
        return bool(_FORCE.search(content))
    return bool(_FORCE.search(content)) and not _PEACE.search(content)


def _is_for_force(said: Said) -> bool:
    """“Ready to fight”: no offer."""
    return has("cues", "ready", said.cue) and _is_by_force(said.content)


def _offers_words(said: Said) -> bool:
    """“Offered conflicting accounts”, “promised a lot”."""
    if _CLAUSE.match(said.content) or said.quoted:
        return False
    head = " ".join(
        re.split(r"\b(?:of|for|to|that|about|on)\b", said.content, maxsplit=1)[0].split()
    )
    return has("no_offer", "nouns", " ".join(head.split()[:_HEAD]))


def _threatens(said: Said) -> bool:
    """Not “will respond to the offer”, nor “her illness threatens the deal”."""
    answers = re.search(r"\brespond(?:s|ing)?\b[^.;]*?\bto\b(?P<what>[^,.;]*)", said.content)
    if answers and has("will", "answering", answers["what"]):
        return False
    if not has("cues", "threatening", said.cue) or _CLAUSE.match(said.content) or said.quoted:
        return True
    return has("threats", "nouns", said.content)


_BODIES: Final = frozenset({"state", "government", "armed-group", "igo", "bloc"})


def _in_office(party: Party) -> bool:
    return party.sectors[:1] in (("GOV",), ("MIL",))


def _asks(said: Said) -> bool:
    """Not a plea in court, an order, or advice to people in the street."""
    if _NAMELESS.search(said.content):
        return False
    if has("cues", "pleading", said.cue) and re.search(
        r"\b(?:guilty|innocen|charge|count|treason)", said.content
    ):
        return False
    ordered = has("cues", "ordering", said.cue)
    if ordered and re.match(r"(?:his|her|its|their)\b", said.content):
        return False
    if ordered and said.to is not None and side_of(said.to) == said.side:
        return False
    if ordered and not re.search(r"\b(?:to|that)\b", said.content.split(",")[0]):
        return False
    private = said.to is None or not (_in_office(said.to) or said.to.kind in _BODIES)
    meant = said.lead.endswith("to ")  # “a welcome designed to encourage them to give”
    if (private or meant) and has("cues", "encouraging", said.cue):
        return False
    advised = has("cues", "advising", said.cue)
    if advised and (_ME.match(said.content) or has("public", "careful", said.content)):
        return False
    first = " ".join(said.content.split()[:4])
    to_public = has("public", "nouns", first) or (
        said.to is not None and has("public", "nouns", said.to.name)
    )
    return not to_public or has("public", "leaving", said.content)


def wording(said: Said, position: Position | None = None) -> str:
    """The words of a statement on one line; of a long speech the sentences that take the position.

    Quotation marks that were opened or closed outside are left out.
    """
    words = " ".join(said.content.split())
    if position is not None and said.kind == "denial" and said.cue:
        return _LOOSE.sub("", f"{said.cue} {words}")  # “rejected talks”
    if position is not None and said.kind in ("claim", "assessment"):
        words = next((told for kind, told in taken(said) if kind == position), words)
    own = words.partition(said.cue)[2].strip() if said.cue and not said.quoted else ""
    if len(own.split()) > 1 and said.cue in words[: len(words) // 2]:
        words = own
    if len(words.split()) > _LONG and position is not None:
        sentences = _SENTENCES.split(words)
        telling = [s for s in sentences if _TELLING[position].search(s)]
        words = " ".join(telling or sentences[:1])
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")].rstrip()
    for pair in ('""', "“”", "‘’"):
        words = _unpaired(words, pair)
    words = _DATELINE.sub("", words)
    return _LOOSE.sub("", words)


def _unpaired(words: str, pair: str) -> str:
    """Without a mark at either end that has no partner within."""
    first, last = pair[0], pair[1]
    marks = sum(words.count(mark) for mark in set(pair))
    odd = marks % 2 if first == last else words.count(first) != words.count(last)
    if odd and words[:1] == first and last not in words[1:]:
        return words[1:].lstrip()
    if odd and words[-1:] == last and first not in words[:-1]:
        return words[:-1].rstrip()
    return words
