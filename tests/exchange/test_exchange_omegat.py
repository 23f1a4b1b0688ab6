"""OmegaT itself reads what is written, where it is installed, and what it writes is understood."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from made_pages import SOURCE, TARGET, bundle_of

from bilint.exchange.formats import FORMATS
from bilint.exchange.inline import resolve
from bilint.model.exchange import Code, UnitState, flat

OMEGAT = shutil.which("omegat")
PROJECT = """\
<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang>
<target_lang>IT-IT</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


@pytest.mark.skipif(OMEGAT is None, reason="OmegaT is not installed")
@pytest.mark.parametrize("state", [UnitState.CURRENT, UnitState.STALE])
@pytest.mark.parametrize("name", ["po", "xliff"])
def test_it_is_read_and_what_comes_out_changes_nothing(
    tmp_path: Path, name: str, state: UnitState
) -> None:
    for folder in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (tmp_path / folder).mkdir()
    (tmp_path / "omegat.project").write_text(PROJECT)
    bundle = bundle_of(SOURCE, TARGET, state)
    file = f"it{FORMATS[name].suffix}"
    (tmp_path / "source" / file).write_bytes(FORMATS[name].write(bundle))
    command = [str(OMEGAT), str(tmp_path), "--mode=console-translate"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    returned = FORMATS[name].read((tmp_path / "target" / file).read_bytes(), 10**7)
    units = {unit.key: unit for unit in bundle.units}
    assert {entry.key for entry in returned.entries} == units.keys()
    for entry in returned.entries:
        unit = units[entry.key]
        text = resolve(entry.target, unit.target, unit.source)
        assert not isinstance(text, Code)
        # What nobody touched comes back as it was, or empty where it was fuzzy.
        assert flat(text) in (flat(unit.target), "")
        if (name, state) != ("po", UnitState.STALE) and flat(unit.target) != flat(unit.source):
            assert flat(text)
        assert (entry.source_digest, entry.target_digest) == (
            unit.source_digest,
            unit.target_digest,
        )
