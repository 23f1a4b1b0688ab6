"""Bracketed keywords: names that stay, labels of the user interface, alerts."""
