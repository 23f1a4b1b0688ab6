"""Typography: blanks, marks, emphasis, and characters that nobody meant."""
