"""Checks of terms, names and labels: whether the same thing is called the same."""
