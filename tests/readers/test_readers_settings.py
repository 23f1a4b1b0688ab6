from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bilint
from bilint.model.config import CheckSettings, Limits, Location, Settings
from bilint.model.finding import Severity
from bilint.readers.settings import (
    MOST_BYTES,
    SettingsError,
    find_settings,
    override,
    read_settings,
)
from bilint.readers.settings_keys import KEYS, SECTIONS
from bilint.readers.settings_text import Shown, effective, flatten, render_settings, toml
from bilint.readers.toml_lines import key_lines


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with another beside it, and the present folder inside it."""
    here = tmp_path / "work" / "shop.it"
    (here / ".git").mkdir(parents=True)
    (tmp_path / "work" / "shop.en").mkdir()
    monkeypatch.chdir(here)
    return here


def read(text: str, **known: frozenset[str]) -> Settings:
    Path("bilint.toml").write_text(text, encoding="utf-8")
    return read_settings("bilint.toml", **known)  # type: ignore[arg-type]


def mistakes(text: str, **known: frozenset[str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text, **known)
    assert str(caught.value).split("\n") == [str(each) for each in caught.value.mistakes]
    return [str(each) for each in caught.value.mistakes]


def test_every_key_is_read(folder: Path) -> None:
    settings = read(
        """
        source_language = "de"
        profile = "experience-league"
        root = "help"
        fail_on = "warning"
        baseline = "known.txt"
        words_per_hour = 350
        human_share_floor = 12.5
        [source]
        repository = "../shop.en"
        revision = "v1.2"
        root = "guide/"
        [target.it-IT]
        repository = "."
        [target."zh-Hans"]
        repository = "../shop.zh"
        root = ""
        [checks.dnl-altered]
        enabled = false
        [checks.title-whitespace]
        severity = "error"
        [ignore]
        "help/old/**" = ["*"]
        "help/new.md" = ["dnl-altered", "token-glued"]
        [catalogues]
        it-IT = ["labels/a.po", "labels/b.po"]
        ko = "labels/ko.po"
        [forge]
        source = "https://forge.example/en/{path}"
        it-IT = "https://forge.example/it/{revision}/{path}?l={line}"
        [limits]
        page = 1000
        git_seconds = 2.5
        """
    )
    assert settings == Settings(
        source=Location("../shop.en", "v1.2", "guide"),
        targets={
            "it-IT": Location(".", None, "help"),
            "zh-Hans": Location("../shop.zh", None, ""),
        },
        source_language="de",
        profile="experience-league",
        checks={
            "dnl-altered": CheckSettings(enabled=False),
            "title-whitespace": CheckSettings(severity=Severity.ERROR),
        },
        ignore={"help/old/**": ("*",), "help/new.md": ("dnl-altered", "token-glued")},
        catalogues={"it-IT": ("labels/a.po", "labels/b.po"), "ko": ("labels/ko.po",)},
        forge={
            "source": "https://forge.example/en/{path}",
            "it-IT": "https://forge.example/it/{revision}/{path}?l={line}",
        },
        baseline="known.txt",
        human_share_floor=12.5,
        words_per_hour=350.0,
        fail_on=Severity.WARNING,
        limits=Limits(page=1000, git_seconds=2.5),
        path="bilint.toml",
        root="help",
    )


def test_an_empty_file_says_nothing(folder: Path) -> None:
    assert read("") == Settings(path="bilint.toml")


def test_a_table_alone_names_the_folder_of_the_file(folder: Path) -> None:
    assert read("[target.it-IT]\n[source]\n") == Settings(
        source=Location("."), targets={"it-IT": Location(".")}, path="bilint.toml"
    )


def test_a_root_of_the_command_line_takes_the_place_of_the_default(folder: Path) -> None:
    Path("bilint.toml").write_text('root = "a"\n[source]\n[target.it]\nroot = "b"\n')
    settings = read_settings("bilint.toml", root="c")
    assert settings.source == Location(".", None, "c")
    assert settings.targets == {"it": Location(".", None, "b")}
    assert settings.root == "c"


def test_paths_start_at_the_folder_of_the_file(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "bilint.toml").write_text(
        'baseline = "known.txt"\n[source]\nrepository = "../../shop.en"\n[target.it]\n'
    )
    settings = read_settings("sub/bilint.toml")
    assert settings.baseline == "sub/known.txt"
    assert settings.source == Location("../shop.en")
    assert settings.targets == {"it": Location("sub")}


def test_all_mistakes_are_told_at_once_with_their_lines(folder: Path) -> None:
    assert mistakes(
        """fail-on = "error"
        words_per_hour = "many"
        trust_owner = true
        [source]
        repository = "/elsewhere"
        revison = "main"
        [target.it_IT]
        repository = "."
        [checks.dnl-altred]
        severity = "eror"
        [limits]
        page = 0
        """,
        checks=frozenset(("dnl-altered", "token-glued")),
    ) == [
        "bilint.toml:1: unknown key `fail-on`; did you mean fail_on?",
        "bilint.toml:2: `words_per_hour` must be a number, not a text",
        "bilint.toml:3: `trust_owner` is not for a file: only the command line may say"
        " --trust-owner",
        "bilint.toml:5: `source.repository` is wrong: '/elsewhere' is neither in this repository"
        " nor beside it; only the command line may name it",
        "bilint.toml:6: unknown key `source.revison`; did you mean revision?",
        "bilint.toml:7: `target.it_IT` is wrong: 'it_IT' is not a locale such as it, it-IT or"
        " zh-Hans; did you mean it-IT?",
        "bilint.toml:9: `checks.dnl-altred` names no check: 'dnl-altred'; did you mean"
        " dnl-altered?",
        "bilint.toml:12: `limits.page` must be between 1 and 67108864",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("profile = 3", "`profile` must be a text, not a number"),
        ('profile = ""', "`profile` must be a text without control characters, and not empty"),
        (
            'profile = "experience"',
            "`profile` must be one of experience-league, not 'experience'; did you mean"
            " experience-league?",
        ),
        ('source_language = "english"', "`source_language` is wrong: 'english' is not a locale"),
        ('root = "../x"', "`root` is wrong: the root '../x' leaves the repository"),
        ("root = 1979-05-27", "`root` must be a text, not a date or time"),
        ('fail_on = "never"', "`fail_on` must be one of error, warning, info, not 'never'"),
        ("words_per_hour = 0", "`words_per_hour` must be between 1 and 1e+06"),
        ("words_per_hour = true", "`words_per_hour` must be a number, not a switch"),
        ("words_per_hour = nan", "`words_per_hour` must be between 1 and 1e+06"),
        ("words_per_hour = inf", "`words_per_hour` must be between 1 and 1e+06"),
        ("human_share_floor = 101", "`human_share_floor` must be between 0 and 100"),
        ('source = "docs"', "`source` must be a table, not a text"),
        ("[[source]]", "`source` must be a table, not a list"),
        ('[source]\nrevision = "HEAD~1"', "`source.revision` is wrong: 'HEAD~1' is not the name"),
        ("[checks.dnl-altered]\nenabled = 1", "`checks.dnl-altered.enabled` must be true or"),
        ("[checks]\ndnl-altered = false", "`checks.dnl-altered` must be a table, not a switch"),
        ('[checks.dnl-altered]\nseverity = "eror"', "`checks.dnl-altered.severity` must be one"),
        ('[ignore]\n"a/**" = 3', '`ignore."a/**"` must be a list of texts, not a number'),
        ('[ignore]\n"a/**" = ["dnl"]', "`ignore.\"a/**\"` names no check: 'dnl'"),
        ('[ignore]\n"../a" = ["*"]', '`ignore."../a"` must be a pattern of paths inside the'),
        ("[catalogues]\nit = [3]", "`catalogues.it` must be a text, not a number"),
        (
            '[forge]\nit-IT = "javascript:alert({path})"',
            "`forge.it-IT` must be an address that begins with https:// or http://",
        ),
        (
            '[forge]\nsource = "https://forge.example/{paht}"',
            "`forge.source` must hold {path}, may hold {revision} and {line}, and nothing else",
        ),
        ('[forge]\nit_IT = "https://forge.example/{path}"', "`forge.it_IT` is wrong: 'it_IT' is"),
        ("[limits]\npage = 1.5", "`limits.page` must be a whole number, not a number"),
        ("[limits]\nyaml_depth = 100000", "`limits.yaml_depth` must be between 1 and 256"),
        ("[limits]\npages = 5", "unknown key `limits.pages`; did you mean page?"),
    ],
)
def test_a_wrong_value_is_told(folder: Path, line: str, message: str) -> None:
    (only,) = mistakes(
        line,
        checks=frozenset(("dnl-altered",)),
        profiles=frozenset(("experience-league",)),
    )
    assert only.partition(": ")[2].startswith(message)


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ('[source]\nrepository = "../shop.en"', True),
        ('[source]\nrepository = "../shop.en/deep"', True),
        ('[source]\nrepository = "."', True),
        ('[source]\nrepository = ".."', True),
        ('[source]\nrepository = "../../shop.en"', False),
        ('[source]\nrepository = "../shop.en/../../.."', False),
        ('baseline = "known.txt"', True),
        ('baseline = "../shop.en/known.txt"', False),
        ('baseline = "/etc/passwd"', False),
        ('catalogues.it = "../x.po"', False),
        ('baseline = "link/known.txt"', False),
        ('[target.it]\nrepository = "link"', False),
    ],
)
def test_no_path_leads_out_of_the_repository(folder: Path, line: str, allowed: bool) -> None:
    (folder / "link").symlink_to("/")
    if allowed:
        read(line)
    else:
        assert len(mistakes(line)) == 1


def test_an_absolute_path_is_refused_wherever_it_leads(folder: Path) -> None:
    assert len(mistakes(f"baseline = '{folder}/known.txt'")) == 1
    assert len(mistakes(f"[source]\nrepository = '{folder}'")) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a = 1\nb = \n", "bilint.toml:2: is not TOML: "),
        (b"root = 'help", "bilint.toml:1: is not TOML: "),
        (b"root = 'a'\nroot = 'b'\n", "bilint.toml:2: is not TOML: "),
        (b"# \xff\n", "bilint.toml:1: is not UTF-8"),
        (b"#" * (MOST_BYTES + 1), f"bilint.toml:1: is larger than {MOST_BYTES} bytes"),
        (b"a = " + b"[" * 100_000, "bilint.toml:1: is not TOML: "),
    ],
)
def test_what_is_no_settings_file_is_told(folder: Path, data: bytes, message: str) -> None:
    (folder / "bilint.toml").write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        read_settings("bilint.toml")
    assert str(caught.value).startswith(message)


def test_a_missing_file_is_told(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"bilint.toml:1: cannot be read: "):
        read_settings("bilint.toml")


def test_a_mark_at_the_start_is_read(folder: Path) -> None:
    (folder / "bilint.toml").write_bytes(b'\xef\xbb\xbfroot = "help"\r\n')
    assert read_settings("bilint.toml").root == "help"


def test_the_nearest_file_upwards_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    (folder.parent / "bilint.toml").write_text("")
    assert find_settings() == "../../../bilint.toml"
    (folder / "pyproject.toml").write_text("[tool.bilint]\nroot = 'help'\n")
    assert find_settings() == "../../pyproject.toml"
    assert find_settings(str(deep)) == str(folder / "pyproject.toml")
    (folder / "bilint.toml").write_text("")
    assert find_settings() == "../../bilint.toml"
    (deep / "bilint.toml").write_text("")
    assert find_settings() == "bilint.toml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[tool.bilint]\n", True),
        ("[tool]\nbilint = {root = 'help'}\n", True),
        ("[project]\ndependencies = ['bilint']\n", False),
        ("[tool]\n", False),
        ("[tool.bilint]\nbroken\n", True),
        ("broken, and bilint is only named\n", False),
        ("#" * (MOST_BYTES + 1), False),
    ],
)
def test_a_project_file_counts_only_with_our_table(folder: Path, text: str, found: bool) -> None:
    (folder / "pyproject.toml").write_text(text)
    (folder.parent / "bilint.toml").write_text("")
    assert find_settings() == ("pyproject.toml" if found else "../bilint.toml")


def test_a_project_file_is_read_like_our_own(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[project]\nroot = 3\n[tool.bilint]\nroot = "help"\n[tool.bilint.target.it]\n'
    )
    settings = read_settings("pyproject.toml")
    assert settings.targets == {"it": Location(".", None, "help")}
    (folder / "pyproject.toml").write_text("[project]\nroot = 3\n[tool.bilint]\nroot = 4\n")
    with pytest.raises(SettingsError, match=r"pyproject.toml:4: `root` must be a text"):
        read_settings("pyproject.toml")


def test_the_command_line_is_laid_over_the_file() -> None:
    settings = Settings(
        source=Location("a"),
        targets={"it": Location("b"), "ko": Location("c")},
        fail_on=Severity.ERROR,
        baseline="known.txt",
    )
    assert override(settings) == settings
    changed = override(
        settings,
        source=Location("x", "main"),
        targets={"fr": Location("y")},
        fail_on=Severity.INFO,
        baseline="other.txt",
        trust_owner=True,
        allow_alternates=True,
    )
    assert changed == settings._replace(
        source=Location("x", "main"),
        targets={"fr": Location("y")},
        fail_on=Severity.INFO,
        baseline="other.txt",
        trust_owner=True,
        allow_alternates=True,
    )


def test_what_is_in_force_is_shown_with_its_origin(folder: Path) -> None:
    settings = read('root = "help"\n\n[target.it-IT]\nrepository = "."\n[ignore]\n"a*" = ["*"]\n')
    settings = override(settings, source=Location("../shop.en", "main", "guide"))
    shown = {each.key: each for each in effective(settings)}
    assert [*shown][:5] == [
        "source_language",
        "profile",
        "root",
        "words_per_hour",
        "source.repository",
    ]
    assert shown["root"] == Shown("root", "help", "bilint.toml:1")
    assert shown["target.it-IT.repository"].origin == "bilint.toml:4"
    assert shown["target.it-IT.root"] == Shown("target.it-IT.root", "help", "bilint.toml:1")
    assert shown['ignore."a*"'] == Shown('ignore."a*"', ("*",), "bilint.toml:6")
    assert shown["source.revision"] == Shown("source.revision", "main", "command line")
    assert shown["words_per_hour"] == Shown("words_per_hour", 500.0, "default")
    assert "target.it-IT.revision" not in shown
    assert "baseline" not in shown


def test_without_a_file_all_is_default_or_command_line() -> None:
    settings = override(Settings(), targets={"it": Location("x")})
    origins = {each.key: each.origin for each in effective(settings)}
    assert origins.pop("target.it.repository") == "command line"
    assert origins.pop("target.it.root") == "command line"
    assert set(origins.values()) == {"default"}


def test_what_is_shown_reads_back(folder: Path) -> None:
    text = 'root = "help"\nwords_per_hour = 12.5\n[checks.x]\nenabled = false\nseverity = "info"\n'
    settings = read(text + '[ignore]\n"a \\" \\\\ b" = ["x"]\n[limits]\npage = 7\n')
    shown = "\n".join(f"{each.key} = {toml(each.value)}" for each in effective(settings))
    assert flatten(read(shown)) == flatten(settings)


def test_the_template_names_every_key_and_reads_back_as_nothing(folder: Path) -> None:
    text = render_settings({})
    assert read(text) == Settings(path="bilint.toml")
    for key in KEYS:
        name = key.path[-1] if key.path[-1] != "*" else f"[{key.path[0]}]"
        assert name in text
        assert key.help in text
    assert all(purpose in text for purpose in SECTIONS.values())


def test_the_template_is_right_when_its_marks_are_taken_away(folder: Path) -> None:
    (folder / "docs.en").mkdir()
    text = re.sub(r'(?m)^# (?=\[|"|[a-z_A-Z-]+ = )', "", render_settings({}))
    text = text.replace('"../docs.en"', '"docs.en"')
    given = flatten(read(text))
    assert {len(path) for path in given} == {1, 2, 3}
    defaults = flatten(Settings())
    assert {path: given[path] for path in defaults if path[0] == "limits"} == {
        path: value for path, value in defaults.items() if path[0] == "limits"
    }
    assert len(given) == len(KEYS)


def test_a_template_sets_what_it_is_given(folder: Path) -> None:
    values: dict[tuple[str, ...], object] = {
        ("root",): "help",
        ("source", "repository"): "../shop.en",
        ("target", "it-IT", "repository"): ".",
        ("target", "ko", "repository"): "../shop.ko",
    }
    settings = read(render_settings(values))
    assert settings.source == Location("../shop.en", None, "help")
    assert settings.targets == {
        "it-IT": Location(".", None, "help"),
        "ko": Location("../shop.ko", None, "help"),
    }


@pytest.mark.parametrize(
    "value", ["plain", 'a "quoted" \\ text', "è 漢字", "tab\tbell\x07\x7f", True, 3, 2.5, 7.0]
)
def test_values_are_spelled_as_toml(value: object) -> None:
    assert tomllib.loads(f"x = {toml(value)}") == {"x": value}


def test_lines_of_keys() -> None:
    assert key_lines('a.b = 1\n# c = 2\n[t."x.y"]\n"k = 1" = 2\n[[u]]\nd = 3\n') == {
        ("a",): 1,
        ("a", "b"): 1,
        ("t", "x.y"): 3,
        ("t", "x.y", "k = 1"): 4,
        ("u",): 5,
        ("u", "d"): 6,
    }


def test_without_a_file_no_parser_is_loaded(folder: Path) -> None:
    code = (
        "import sys; from bilint.readers.settings import find_settings; find_settings();"
        "sys.exit('tomllib' in sys.modules or 'pathlib' in sys.modules)"
    )
    package = str(Path(bilint.__file__).parents[1])
    command = [sys.executable, "-S", "-c", code]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": package})
