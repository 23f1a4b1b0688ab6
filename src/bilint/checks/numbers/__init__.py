"""Checks of numbers."""
