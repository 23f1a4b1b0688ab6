"""`NamedTuple`, as `typing` has it, made in a tenth of the time.

A hook makes more than a hundred such classes before it looks at its page, and then few values.
`typing` reads the annotation of every field, for which nobody here asks at run time, and writes a
constructor for every class, needed or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    _Field = type(namedtuple("_One", "field").field)

    class _Record(tuple):
        """What every such class can do."""

        __slots__ = ()

        def __new__(cls, *values, **named):
            """Make the first value; from now on the class has a constructor of its own."""
            defaults = tuple(cls._field_defaults.values())
            cls.__new__ = namedtuple(cls.__name__, cls._fields, defaults=defaults).__new__
            return cls(*values, **named)

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            fields = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join(f'{name}={it!r}' for name, it in fields)})"

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, **new):
            values = tuple.__new__(type(self), map(new.pop, self._fields, self))
            if new:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(new)}")
            return values

    class _Maker(type):
        """Makes a class of tuples out of one with annotated fields."""

        def __new__(cls, name, _bases, space):
            fields = tuple(space["__annotations__"])
            more = {
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": {field: space[field] for field in fields if field in space},
                **{field: _Field(index, field) for index, field in enumerate(fields)},
            }
            return type(name, (_Record,), space | more)

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
