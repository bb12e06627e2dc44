"""The case: the user's file on a crisis. Documents go in once and everything can be found again."""

from dragoman.case.adding import Plan
from dragoman.case.case import Case
from dragoman.case.filters import Filter
from dragoman.case.outcomes import Outcome, Summary

__all__ = ["Case", "Filter", "Outcome", "Plan", "Summary"]
