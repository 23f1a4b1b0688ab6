"""The desk on a full screen, by Textual, which is imported nowhere else.

Nothing that comes out of a page is taken for markup, and no control character of it reaches the
terminal. Colours only underline what signs and words say already. `app` does what is asked,
`dialog` asks, `widgets` are what it is built of, `looks` is how a task and the queue look, `keys`
are the keys.
"""

from bilint.review.screen.app import Desk
from bilint.review.screen.looks import marked
from bilint.review.screen.widgets import Editor

__all__ = ["Desk", "Editor", "marked"]
