"""The keys of the screen: what they are bound to, and what is said of them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS = " a accept e edit f fix t take r rework s skip u undo n/p move ? help q quit"
"""The line at the foot of the screen."""
EDIT_KEYS = " Enter write  ^F write, though a token gets lost  ^U clear  Esc give up"
ASK_KEYS = " Enter answer  ^U clear  Esc give up"
"""The same while a text is edited, and while something is asked."""

HELP = """\
a  accept: no defect, or still right; it asks why
     `1,3 why` accepts these findings, `0 why` the segment
e  edit here          E  edit in your own editor
                      P  edit the page in it
f  fix: the safe repairs, or the numbers you give
t  take a suggestion  d  delete what the source dropped
r  rework, with why   s  skip, leave for later
g  assign             c  comment
u  undo
n p  next, previous   N  next page
l  show or fold the queue; Enter there opens a page
/  find               :  filter (family=links state=stale)
up down PgUp PgDn     read on
q  quit; what was done stays done

While editing: Enter writes, Ctrl+F writes although a
token gets lost, Ctrl+U clears, Escape gives up.

Esc or ? closes this."""

BINDINGS: list[BindingType] = [
    Binding("a", "accept", "Accept"),
    Binding("e", "edit", "Edit"),
    Binding("E", "own_editor", "Editor"),
    Binding("P", "edit_page", "Page"),
    Binding("f", "fix", "Fix"),
    Binding("t", "take", "Take"),
    Binding("d", "delete", "Delete"),
    Binding("r", "rework", "Rework"),
    Binding("s", "skip", "Skip"),
    Binding("g", "assign", "Assign"),
    Binding("c", "comment", "Comment"),
    Binding("u", "undo", "Undo"),
    Binding("n", "next", "Next"),
    Binding("p", "previous", "Previous"),
    Binding("N", "next_page", "Next page"),
    Binding("l", "queue", "Queue"),
    Binding("slash", "find", "Find"),
    Binding("colon", "filter", "Filter"),
    Binding("question_mark", "help", "Help"),
    Binding("q", "quit", "Quit"),
    Binding("escape", "body", show=False),
    Binding("up", "scroll(-1)", show=False),
    Binding("down", "scroll(1)", show=False),
    Binding("pageup", "scroll(-10)", show=False),
    Binding("pagedown,space", "scroll(10)", show=False),
]
