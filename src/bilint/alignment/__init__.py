"""Segments of two documents laid beside each other: within a language, and across two."""

from bilint.alignment.translation import Structure, align_translation, structure_likeness
from bilint.alignment.versions import align_versions

__all__ = ["Structure", "align_translation", "align_versions", "structure_likeness"]
