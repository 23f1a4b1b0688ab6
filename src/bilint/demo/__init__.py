"""A small source and two locales with real commits, to see Bilint at work."""

from bilint.demo.build import Demo, build
from bilint.demo.tour import NEXT, TOUR, Stop, what_to_look_at

__all__ = ["NEXT", "TOUR", "Demo", "Stop", "build", "what_to_look_at"]
