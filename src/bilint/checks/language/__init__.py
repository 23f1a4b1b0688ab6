"""Checks of the language that a page is in."""
