"""The ontology as data: PLOVER's types, modes, scores, contexts, and the frames that code them."""

from dragoman.ontology.frame_files import Frame, FrameFile, read_frames, shipped_frames
from dragoman.ontology.plover import EventType, Ontology, load_ontology

__all__ = [
    "EventType",
    "Frame",
    "FrameFile",
    "Ontology",
    "load_ontology",
    "read_frames",
    "shipped_frames",
]
