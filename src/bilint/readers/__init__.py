"""Readers: one adapter a library. The only floor that touches git and disk."""
