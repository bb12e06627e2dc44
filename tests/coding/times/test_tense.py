"""On which side of the report a time lies, by the parse of its sentence."""

from __future__ import annotations

import pytest

from coding.parsed import parsed
from dragoman.coding.times.finding import find_times

# form UPOS XPOS head relation, for the report of Monday 7 February 2022
_DUE = """
It PRON PRP 4 nsubj
had AUX VBD 4 aux
been AUX VBN 4 cop
due ADJ JJ 0 root
to PART TO 6 mark
expire VERB VB 4 xcomp
Friday PROPN NNP 6 obl
"""
_FOUND = """
He PRON PRP 3 nsubj:pass
was AUX VBD 3 aux:pass
found VERB VBN 0 root find
to PART TO 6 mark
be AUX VB 6 aux:pass
infected VERB VBN 3 xcomp infect
Friday PROPN NNP 6 obl
"""
_COULD = """
It PRON PRP 3 nsubj
could AUX MD 3 aux
come VERB VB 0 root
as ADV RB 5 advmod
early ADV RB 3 advmod
as ADP IN 7 case
Friday PROPN NNP 5 obl
"""
_COULD_NOT = """
He PRON PRP 5 nsubj
could AUX MD 5 aux
not PART RB 5 advmod
be AUX VB 5 aux
reached VERB VBN 0 root reach
Friday PROPN NNP 5 obl
"""
_IS_TO = """
He PRON PRP 2 nsubj
left VERB VBD 0 root
where ADV WRB 7 advmod
he PRON PRP 7 nsubj
is AUX VBZ 7 aux
to PART TO 7 mark
meet VERB VB 2 advcl
them PRON PRP 7 obj
Friday PROPN NNP 7 obl
"""
_TO_BE = """
They PRON PRP 2 nsubj
agreed VERB VBD 0 root
on ADP IN 4 case
talks NOUN NNS 2 obl
to PART TO 7 mark
be AUX VB 7 aux:pass
held VERB VBN 4 acl
on ADP IN 9 case
Friday PROPN NNP 7 obl
"""
_AS_PLANNED = """
It PRON PRP 2 nsubj
began VERB VBD 0 root
as SCONJ IN 4 mark
planned VERB VBN 2 advcl
on ADP IN 6 case
Friday PROPN NNP 4 obl
"""
_PLANNED_VISIT = """
They PRON PRP 2 nsubj
spoke VERB VBD 0 root
of ADP IN 6 case
his PRON PRP$ 6 nmod:poss
planned VERB VBN 6 amod
visit NOUN NN 2 obl
on ADP IN 8 case
Friday PROPN NNP 6 nmod
"""
_APPEARED = """
They PRON PRP 2 nsubj
appeared VERB VBD 0 root appear
to PART TO 4 mark
clash VERB VB 2 xcomp
at ADP IN 7 case
a DET DT 7 det
meeting NOUN NN 4 obl
Friday PROPN NNP 4 obl
"""


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (_APPEARED, "2022-02-04"),
        (_FOUND, "2022-02-04"),
        (_COULD, "2022-02-11"),
        (_COULD_NOT, "2022-02-04"),
        (_DUE, "2022-02-04"),
        (_IS_TO, "2022-02-11"),
        (_TO_BE, "2022-02-11"),
        (_AS_PLANNED, "2022-02-04"),
        (_PLANNED_VISIT, "2022-02-11"),
    ],
)
def test_the_verb_above_tells_the_side(rows: str, day: str) -> None:
    (time,) = find_times(parsed(rows.strip()), date="2022-02-07")
    assert time.value == day


def test_yesterday_beside_would_is_the_day_of_the_report_of_it() -> None:
    rows = """
He PRON PRP 2 nsubj
announced VERB VBD 0 root
they PRON PRP 5 nsubj
would AUX MD 5 aux
leave VERB VB 2 ccomp
on ADP IN 7 case
Tuesday PROPN NNP 5 obl
"""
    on_wednesday, on_monday = (
        find_times(parsed(rows.strip()), date=day)[0].value for day in ("2022-02-09", "2022-02-07")
    )
    assert on_wednesday == on_monday == "2022-02-08"


def test_the_first_in_years_is_no_day_to_come() -> None:
    (trip,) = find_times(parsed(_TRIP.strip()), date="2022-02-07")
    (bridge,) = find_times(parsed(_BRIDGE.strip()), date="2022-02-07")
    assert trip.value == "P8Y"
    assert trip.when is None
    assert bridge.when is not None
    assert bridge.when.start[:4] == "2030"


_TRIP = """
He PRON PRP 3 nsubj
will AUX MD 3 aux
make VERB VB 0 root
his PRON PRP$ 6 nmod:poss
first ADJ JJ 6 amod
trip NOUN NN 3 obj
in ADP IN 9 case
eight NUM CD 9 nummod
years NOUN NNS 6 nmod
"""
_BRIDGE = """
The DET DT 3 det
first ADJ JJ 3 amod
bridge NOUN NN 5 nsubj
will AUX MD 5 aux
open VERB VB 0 root
in ADP IN 8 case
eight NUM CD 8 nummod
years NOUN NNS 5 obl
"""
