"""Checks of terms: names, labels, the term base, and whether one term has one rendering."""
