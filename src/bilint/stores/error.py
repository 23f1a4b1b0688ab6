"""What every store raises."""


class StoreError(Exception):
    """A store cannot be opened, read or written; the message names the file and the reason."""
