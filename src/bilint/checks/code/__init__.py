"""Checks of code, of placeholders, and of names that programs know."""
