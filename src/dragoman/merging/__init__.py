"""Many reports, one event: reports are blocked, compared, judged, clustered, and shown as one."""

from dragoman.merging.fusion import fuse
from dragoman.merging.merge import merge
from dragoman.merging.records import Conflict, Link, Merged, Part, Party, Report, Step, Told
from dragoman.merging.reports import reports_from_reading

__all__ = [
    "Conflict",
    "Link",
    "Merged",
    "Part",
    "Party",
    "Report",
    "Step",
    "Told",
    "fuse",
    "merge",
    "reports_from_reading",
]
