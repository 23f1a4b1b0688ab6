"""Versions of the libraries that have a say in the findings, looked up when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

ENGINES = ("langdetect", "pyromark", "rapidfuzz", "sacrebleu")


class EngineVersions(Mapping[str, str]):
    """The installed version of each engine.

    Only reports for programs tell them, and the look-up takes longer than all else in a hook.
    """

    def __getitem__(self, name: str) -> str:
        from importlib.metadata import version

        if name not in ENGINES:
            raise KeyError(name)
        return version(name)

    def __iter__(self) -> Iterator[str]:
        return iter(ENGINES)

    def __len__(self) -> int:
        return len(ENGINES)
