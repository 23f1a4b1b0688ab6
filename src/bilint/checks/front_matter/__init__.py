"""Front matter: the YAML block at the head of a page."""
