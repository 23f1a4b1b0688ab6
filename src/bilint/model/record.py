"""What classes need of `typing`, for a hook that has no time to load it.

A hook makes more than a hundred named tuples before it looks at its page, and then few values.
`typing` reads the annotation of every field, for which nobody here asks at run time, and writes a
constructor for every class, needed or not. Here one is made in a tenth of the time.
"""

from __future__ import annotations

__all__ = ["TYPE_CHECKING", "NamedTuple", "Protocol"]

TYPE_CHECKING = False
"""Type checkers take what goes by this name for true."""

if TYPE_CHECKING:
    from typing import NamedTuple, Protocol
else:
    from collections import namedtuple
    from functools import cache
    from types import CodeType, FunctionType

    _Field = type(namedtuple("_One", "field").field)

    @cache
    def _constructor(size: int) -> CodeType:
        """What makes a tuple out of so many arguments, whatever they are called."""
        names = ", ".join(f"_{index}" for index in range(size))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names},))").__code__  # noqa: S307

    class _Record(tuple):
        """What every such class can do."""

        __slots__ = ()

        def __new__(cls, *values, **named):
            """Make the first value; from now on the class has a constructor of its own."""
            fields, defaults = cls._fields, tuple(cls._field_defaults.values())
            code = _constructor(len(fields)).replace(
                co_varnames=("_cls", *fields), co_qualname=f"{cls.__qualname__}.__new__"
            )
            cls.__new__ = FunctionType(code, {"_new": tuple.__new__}, "__new__", defaults)
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

    Protocol = object

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
