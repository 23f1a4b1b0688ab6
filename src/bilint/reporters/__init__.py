"""Reporters: one file a format, from a report to bytes."""
