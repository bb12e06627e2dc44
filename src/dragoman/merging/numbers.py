"""What the numbers of two reports say of their telling one event."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from dragoman.merging.profiles import Profile
from dragoman.records import Size

Finding = tuple[str, str, float, str]
_FAR: Final = 3  # times: a number so much larger is another, even where both say “at least”
_COUNTS: Final = {
    word: number
    for number, word in enumerate(
        """one two three four five six seven eight nine ten eleven twelve""".split(),  # noqa: SIM905
        1,
    )
}
_COUNTED: Final = re.compile(
    r"(?:at least |more than |over |about |some |around |nearly )?"
    rf"(\d[\d,]*|{'|'.join(_COUNTS)}) \w"
)
_NUMBERS: Final = ("apart", "near", "fit", "same")


def numbers(one: Profile, other: Profile) -> Iterator[Finding]:
    a, b = one.report.sizes, other.report.sizes
    shared = [unit for unit in a if unit in b]
    counts = () if shared or one.mutual or other.mutual else (_count(one), _count(other))
    if counts and None not in counts:
        name = "same" if counts[0] == counts[1] else "apart"
        yield (
            "numbers",
            name,
            1.0 if name == "apart" else 0.5,
            f"{counts[0]} and {counts[1]} of them",
        )
    elif not a and not b:
        return
    elif shared:
        rank, unit = max((_number(a[unit], b[unit])[0], unit) for unit in shared)
        value = _telling(a[unit]) if _NUMBERS[rank] == "same" else 1.0
        yield "numbers", _NUMBERS[rank], value, _number(a[unit], b[unit])[1]
    elif not a or not b:
        yield "numbers", "one", 1.0, "only one gives a number"


def _telling(size: Size) -> float:
    """How much it says that two numbers are one: small and round ones are found by chance."""
    number = size.low or size.high or 0
    if number < 10:
        return 0.5
    return 0.7 if len(str(int(number)).rstrip("0")) == 1 else 1.0


def _count(profile: Profile) -> int | None:
    """How many a deed is done to, where the words for them begin with a number."""
    for party in profile.recipients:
        if found := _COUNTED.match(party.name.casefold()):
            word = found[1].replace(",", "")
            return int(word) if word.isdigit() else _COUNTS[word]
    return None


def _number(a: Size, b: Size) -> tuple[int, str]:
    told = f"{a.text} and {b.text}"
    if a.low == b.low and a.high == b.high:
        # A number of some size that is told twice is hardly chance; “one” or “two” often is.
        return (3 if (a.low or a.high or 0) > 3 else 2), told
    low = max(a.low or 0, b.low or 0)
    high = min(x for x in (a.high, b.high, math.inf) if x is not None)
    if low > _FAR * max(1, min(a.low or low, b.low or low)):
        return 0, told  # “at least 15” is not “more than 7,000”, though it could be
    if low <= high:
        return 2, told
    return (1 if low <= 1.5 * high else 0), told
