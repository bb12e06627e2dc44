"""Time expressions: found by rules, given values as in TIMEX3, resolved."""
