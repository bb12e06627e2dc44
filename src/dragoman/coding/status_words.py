"""The closed sets of words that decide on status beside those of lexicon.toml."""

from __future__ import annotations

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "ll"})
POSSIBLE = frozenset({"can", "could", "may", "might", "should", "must", "ought", "need", "ca"})
CONDITIONAL = frozenset({"would", "'d", "’d"})
IF = frozenset({"if", "unless", "in_case", "lest", "whether", "provided", "should", "even_if"})
UNTIL = frozenset({"until", "till", "once", "when", "before", "as_soon_as", "so_that", "whenever"})
REAL = ("happened", "ongoing")
BEFORE = frozenset(
    {"after", "since", "over", "about", "following", "because_of", "despite", "of", "amid", "on",
     "due_to", "until"}
)  # fmt: skip
PURPOSE = frozenset(
    {"design", "build", "use", "mass", "deploy", "train", "assemble", "arm", "send", "equip"}
)
PREVENT = frozenset({"prevent", "avert", "stop", "foresee", "thwart", "avoid"})
MEAN = frozenset({"mean", "imply", "signify", "entail"})
BEHIND = frozenset({"acl", "amod", "acl:relcl"})
OUTCOME = frozenset(
    {"decision", "order", "agreement", "deal", "accord", "announcement", "promise", "pledge"}
)
BEGIN = frozenset(
    {"begin", "start", "resume", "recommence", "restart", "open", "take", "be", "continue", "meet",
     "convene", "reconvene", "end", "conclude", "last"}
)  # fmt: skip
HOLD = frozenset({"hold", "host", "visit", "start", "attend", "conduct", "address", "chair", "pay"})
# Verbs of a plan that is told as overtaken: “had been scheduled to meet”.
OVERTAKEN = frozenset({"schedule", "plan", "slate", "due", "set", "suppose", "arrange"})
# Verbs whose subject is only there once they hold: “the talks could resume”.
OCCUR = frozenset(
    {"begin", "start", "resume", "recommence", "restart", "happen", "occur", "come", "follow",
     "take", "proceed", "materialise", "materialize", "go", "be", "open", "ensue", "hit", "strike"}
)  # fmt: skip
# Past tenses of what was held, whatever had been planned: “was planned for an hour and lasted two”.
TOOK_PLACE = frozenset({"last", "end", "conclude", "produce", "yield", "bring", "start", "begin"})
FINISH = frozenset({"complete", "finish", "conclude", "finalise", "finalize"})
FAILED = frozenset({"fall_through", "fall_apart"})
TELLING = frozenset(
    {"know", "tell", "inform", "say", "note", "mention", "announce", "remind", "stress", "report",
     "emphasise", "emphasize", "add", "underline", "underscore"}
)  # fmt: skip
ARRANGED = frozenset({"due", "set", "scheduled", "slated", "expected", "supposed"})
RANKED = frozenset({"first", "second", "third", "last", "latest", "only"})
BELIEVED = frozenset(
    {"believe", "report", "say", "think", "understand", "know", "allege", "rumour", "rumor",
     "suspect", "appear", "seem"}
)  # fmt: skip
HAPPEN = frozenset({"happen", "occur", "proceed", "materialise", "materialize"})
GIVEN = frozenset({"the", "this", "these", "that", "those", "recent", "latest", "ongoing", "last"})
NOT_YET = frozenset({"any", "next", "possible", "potential", "further", "new", "future", "other"})
GOALS = frozenset(
    {"priority", "goal", "aim", "objective", "option", "condition", "precondition", "mistake",
     "must", "necessity", "possibility", "dream", "purpose"}
)  # fmt: skip
CONFIRM = frozenset({"confirm", "indicate", "prove", "establish", "verify", "show", "find"})
UNDERTAKING = frozenset({"operation", "campaign", "mission"})
TOWARDS = frozenset({"to", "toward", "towards", "on"})
APPROACH = frozenset({"edge", "inch", "creep", "lean", "drift", "slide", "head", "near", "verge"})
GATHER = frozenset(
    {"gather", "cram", "march", "rally", "flock", "throng", "pour", "converge", "assemble", "crowd",
     "descend", "fill", "pack"}
)  # fmt: skip
# Words under which what stands behind “against” is as real as they are.
WITHSTANDING = frozenset(
    {"fight", "war", "struggle", "resistance", "protest", "demonstration", "rally", "demonstrate",
     "march", "anger", "outrage", "outcry", "campaign", "complain", "complaint", "battle"}
)  # fmt: skip
FACED = frozenset({"repel", "resist", "withstand", "repulse", "survive", "endure", "counter"})
# What is put down is there, whether one is told of it before or not: “to suppress protests”.
PUT_DOWN = frozenset({"suppress", "quell", "crush", "quash", "disperse", "contain", "subdue"})
# What one had when one did something: “had the honour to visit them”.
GIFTS = frozenset({"opportunity", "chance", "honour", "honor", "pleasure", "privilege"})
# What guests of a meeting do there: “was invited to speak at the summit”.
APPEAR = frozenset({"speak", "participate", "take", "appear", "address", "attend", "join"})
OVER = frozenset({"recent", "previous", "last", "latest", "past"})
# Of what is so, what it is for: “the visit is aimed at closer ties”.
MEANT = frozenset({"aim", "design", "intend"})
SHOW = frozenset({"signal", "show", "demonstrate", "express", "underline", "reaffirm", "mark"})
TRIPS = frozenset({"visit", "trip", "tour"})
TRAVEL = frozenset({"arrive", "come", "travel", "fly", "go", "be"})
WHILE = frozenset({"as", "while", "when", "since", "after", "because", "although", "whereas"})
NEAR = 8  # words
NEUTRAL = (None, "same", "happened", "alleged")
DEPTH = 9
# Verbs that say of a deed that it lasts.
LASTING = frozenset({"go", "drag", "continue", "proceed", "persist", "rage"})
# What is not there where it has failed: “failed to produce a meeting”.
BRINGING = frozenset(
    {"produce", "yield", "arrange", "secure", "organise", "organize", "broker", "convene", "hold"}
)
BESIDE = frozenset({"accompany", "follow", "precede", "replace"})
AT_FIRST = frozenset({"originally", "initially"})
CONVENE = frozenset({"meet", "convene"})
