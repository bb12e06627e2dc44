"""Charts as Vega-Lite specs: one look for notebook, desk and printed brief, light and dark.

A function takes what an analysis gives and returns a spec as plain data; `to_svg` and `to_png` draw
it here, without a browser and without the network.
"""

from dragoman.charts.drawing import to_png, to_svg
from dragoman.charts.look import Theme, with_look
from dragoman.charts.maps import event_map
from dragoman.charts.networks import network_chart
from dragoman.charts.series import tension_chart, timeline_chart

__all__ = [
    "Theme",
    "event_map",
    "network_chart",
    "tension_chart",
    "timeline_chart",
    "to_png",
    "to_svg",
    "with_look",
]
