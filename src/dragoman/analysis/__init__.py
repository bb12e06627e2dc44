"""Series, lists and networks from events. Pure: frames of events in, records out.

Every analysis takes `Coded` events, whatever they come from: merged events of a case, single
reports, or another project's event data.
"""

from dragoman.analysis.coded import Coded, Party, coded_frame

__all__ = ["Coded", "Party", "coded_frame"]
