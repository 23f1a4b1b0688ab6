"""Bilint, the bilingual linter for documentation."""

__version__ = "0.1.0"
