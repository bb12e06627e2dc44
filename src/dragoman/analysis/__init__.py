"""Series, lists and networks from events. Pure: frames of events in, records out.

Every analysis takes `Coded` events, whatever they come from: merged events of a case, single
reports, or another project's event data.
"""

from dragoman.analysis.coded import Coded, Telling, coded_frame
from dragoman.analysis.from_case import case_events, from_merged

__all__ = ["Coded", "Telling", "case_events", "coded_frame", "from_merged"]
