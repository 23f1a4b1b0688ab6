"""The evaluation: how often Bilint's checks are right, measured on real documentation."""
