"""Past runs rebuilt out of git, and what lies between two revisions."""
