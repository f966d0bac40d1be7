"""The terminal as a stranger meets it: words, exit codes, JSON, 80 columns."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from fourfold import __version__
from fourfold.cli import main

CRIMES = (
    "Crime number,Date recorded,HO code,Offence,District,Status\n"
    + "".join(f"K/{n},0{1 + n % 9}/01/2021,28E,Burglary residential,Ashford,Open\n" for n in range(12))
    + "K/99,32/13/2021,28E,Burglary residential,Ashford,Open\n"
)

VERBS = (
    ["intake"],
    ["quarantine"],
    ["readmit"],
    ["refresh"],
    ["paper"],
    ["paper", "trace"],
    ["paper", "rebuild"],
    ["paper", "check"],
    ["paper", "figures"],
    ["demo"],
    ["doctor"],
    ["serve"],
    ["version"],
)


@dataclass
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the terminal on a home of its own, in a folder with a space and an accent in its name."""
    for name in [name for name in os.environ if name.startswith("FOURFOLD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FOURFOLD_HOME", str(tmp_path / "my hömé"))
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["fourfold", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Said(int(stopped.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def run_apart(run, tmp_path):
    """Run the terminal in a process of its own: what is trailed needs the register, and a process has one."""

    def run(*words: object) -> Said:
        program = "from fourfold.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        assert "Traceback" not in done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def loaded(run, tmp_path):
    """The same with twelve burglaries in Kent loaded and one row in quarantine."""
    (tmp_path / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    assert run("intake", "crimes.csv", "--force", "Kent Police").code == 1
    return run


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help_with_an_example_in_80_columns(run, verb):
    said = run(*verb, "--help")
    assert said.code == 0
    assert f"Example: fourfold {' '.join(verb)}" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


@pytest.mark.parametrize("words", [["--help"], ["paper", "--help"]])
def test_the_list_of_verbs_is_not_cut_off(run, words):
    said = run(*words)
    assert said.code == 0
    assert "..." not in said.out.partition("Commands:")[2]


def test_the_help_loads_no_library_that_takes_time():
    heavy = ("polars", "numpy", "deltalake", "scipy", "altair", "rich", "docx", "typst", "dataframely")
    program = f"""
import sys
from fourfold import cli
sys.argv = ["fourfold", "--help"]
try:
    cli.main()
except SystemExit:
    pass
print([name for name in {heavy!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["version"], 0, __version__),
        (["doctor"], 0, "nothing is loaded"),
        (["quarantine"], 0, "No row is in quarantine."),
        (["paper", "figures"], 0, "crime.burglary: burglaries"),
        (["intake", "--sources"], 0, "fraud_list: Weekly list of fraud victims"),
        (["intake"], 2, "There is nothing to read."),
        (["intake", "nowhere"], 2, "nowhere"),
        (["refresh"], 1, "Nothing is loaded."),
        (["paper"], 2, "Say which month"),
        (["paper", "--to", "2021-12", "--out", "p"], 2, "Say which force"),
        (["paper", "--to", "2021-12", "--out", "p", "--force", "kent"], 1, "Nothing is loaded."),
        (["paper", "--to", "2021-13", "--out", "p", "--force", "kent"], 2, "'2021-13' is not a period."),
        (["paper", "--to", "2021", "--out", "p", "--force", "kent"], 2, "'2021' is not a month."),
        (["paper", "trace", "crime.burglary@2021"], 1, "Nothing is loaded."),
        (["paper", "trace", "crime.burgalry@2021"], 2, "Is 'crime.burglary' meant?"),
        (["paper", "trace", "rubbish"], 2, "is not a figure's name"),
        (["paper", "rebuild", "nowhere.json"], 1, "nowhere.json cannot be read"),
        (["paper", "check", "nowhere.md"], 1, "nowhere.md cannot be read"),
        (["readmit", "nowhere.csv", "--by", "A", "--reason", "B"], 2, "nowhere.csv cannot be read"),
        (["demo", "--scale", "0"], 2, "scale 0 cannot be made"),
        (["quarantine", "--out", "x.csv"], 2, "--source fraud_list"),
        (["quarantine", "--out", "x.csv", "--source", "frauds"], 2, "No row of 'frauds' is in quarantine."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_every_verb_with_nothing_loaded(run, words, code, told):
    said = run(*words)
    assert said.code == code
    assert told in said.out + said.err
    assert bool(said.err) == (code != 0), "what went wrong goes to standard error, results to standard output"


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["intake", "--colour", "red"],
        ["paper", "trace"],
        ["paper", "trace", "crime.burglary@2021", "--rows", "few"],
        ["paper", "trace", "crime.burglary@2021", "--rows", "-1"],
        ["readmit", "x.csv"],
        ["demo", "--scale", "large"],
        ["paper", "sing"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_2_and_says_how_to_get_help(run, words):
    said = run(*words)
    assert said.code == 2
    assert "--help" in said.err
    assert said.out == ""


def test_a_hand_over_is_reported_row_by_row(run, tmp_path):
    (tmp_path / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    said = run("intake", "crimes.csv", "--force", "kent")
    assert said.code == 1
    assert re.search(r"crimes\W+1\W+13\W+12\W+1\W+0", said.out)
    assert "Rows in quarantine are in no figure." in said.err
    said = run("intake", "crimes.csv", "--force", "kent", "--json")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == [
        {"source": "crimes", "files": 1, "received": 13, "accepted": 0, "quarantined": 0, "unchanged": 13}
    ]


def test_json_is_json_and_the_same_each_time(loaded):
    loaded("refresh")
    for words in (
        ["quarantine", "--json"],
        ["doctor", "--json"],
        ["refresh", "--json"],
        ["paper", "trace", "crime.burglary[force=kent]@2021-01", "--json"],
    ):
        once, again = loaded(*words), loaded(*words)
        assert json.loads(once.out)
        assert once.err == ""
        assert once == again


def test_a_trace_names_file_and_row(loaded):
    said = loaded("paper", "trace", "crime.burglary[force=kent]@2021-01", "--rows", "1")
    assert (said.code, said.err) == (0, "")
    assert "Records       12, of which 1 are shown\n\n   1  K/0\n      row 2 of crimes.csv\n" in said.out


def test_the_home_may_be_named_before_or_after_the_verb_of_a_paper(loaded, tmp_path, monkeypatch):
    home = os.environ["FOURFOLD_HOME"]
    monkeypatch.setenv("FOURFOLD_HOME", str(tmp_path / "empty"))
    name = "crime.burglary[force=kent]@2021-01"
    assert loaded("paper", "trace", name).code == 1
    assert loaded("paper", "--home", home, "trace", name).code == 0
    assert loaded("paper", "trace", name, "--home", home).code == 0


def test_the_force_of_the_environment_is_meant_where_none_is_named(loaded, monkeypatch):
    monkeypatch.setenv("FOURFOLD_FORCE", "kent")
    assert "force=kent" in loaded("paper", "trace", "crime.burglary@2021-01").out


def test_a_force_that_sent_nothing_is_no_nought(loaded):
    said = loaded("paper", "trace", "crime.burglary[force=kemt]@2021-01")
    assert "not available" in said.out
    assert "Is 'kent' meant?" in " ".join(said.out.split())


def test_text_for_people_fits_80_columns_without_colours(loaded, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "")
    for words in (
        ["quarantine"],
        ["doctor"],
        ["paper", "figures"],
        ["intake", "--sources"],
        ["paper", "trace", "crime.burglary[force=kent]@2021-01"],
    ):
        said = loaded(*words)
        long = [line for line in said.out.splitlines() if len(line) > 80 and "/" not in line]
        assert long == []
        assert "\x1b" not in said.out


def entries_of_trail() -> list[tuple[str, str, str, int]]:
    """Return act, who, why and number of keys of each entry, read without the program."""
    with sqlite3.connect(Path(os.environ["FOURFOLD_HOME"]) / "register.sqlite3") as register:
        rows = register.execute("SELECT act, who_name, why, subject_refs FROM trail_entry ORDER BY number")
        return [(act, who, why, len(json.loads(refs))) for act, who, why, refs in rows]


def test_rows_are_written_out_corrected_and_read_again_and_the_trail_says_so(loaded, run_apart, tmp_path):
    said = run_apart("quarantine", "--source", "crimes", "--out", "no/such/folder.csv")
    assert said.code in (2, 3)
    assert "no/such/folder.csv" in said.err
    assert entries_of_trail() == [], "what was not written out is not told of"
    assert run_apart("quarantine", "--source", "crimes", "--out", "fix.csv").code == 0
    path = tmp_path / "fix.csv"
    path.write_text(
        path.read_text(encoding="utf-8-sig").replace("32/13/2021", "12/01/2021"), encoding="utf-8"
    )
    said = run_apart("readmit", "fix.csv", "--by", "A. Clerk", "--reason", "by letter")
    assert (said.code, said.out) == (0, "1 rows are in.\n")
    assert loaded("quarantine").out == "No row is in quarantine.\n"
    (first, second) = entries_of_trail()
    assert (first[0], first[2:]) == ("quarantine_rows_exported", ("", 1))
    assert (second[0], second[2:]) == ("rows_readmitted", ("by letter", 1))
    assert first[1].endswith(" at the terminal")


def test_a_disk_that_is_full_is_said_wherever_a_verb_meets_it(run, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "some/file")

    monkeypatch.setattr("fourfold.pipeline.refresh.refresh", full)
    said = run("refresh")
    assert said.code == 3
    assert said.err.startswith("some/file: No space left on device.\nPut that right")


@pytest.mark.parametrize(
    ("text", "told"),
    [("force = ", "fourfold.toml"), ('colour = "red"', "colour"), ('made_up = "perhaps"', "true or false")],
)
def test_a_faulty_settings_file_stops_verbs_and_the_doctor_says_why(loaded, text, told):
    path = Path(os.environ["FOURFOLD_HOME"]) / "fourfold.toml"
    path.write_text(text, encoding="utf-8")
    assert loaded("refresh").code == 2
    said = loaded("doctor")
    assert said.code == 1
    assert told in said.out


def test_a_damaged_lake_is_said_in_words_by_every_verb(loaded):
    lake = Path(os.environ["FOURFOLD_HOME"]) / "lake"
    (lake / "manifests" / "CURRENT").write_text("")
    for words in (
        ["refresh"],
        ["quarantine"],
        ["intake", "crimes.csv"],
        ["paper", "trace", "crime.all@2021"],
    ):
        said = loaded(*words)
        assert (said.code, "CURRENT" in said.err) == (3, True)
    assert loaded("doctor").code == 1


def test_a_lost_table_is_said_in_words(loaded):
    shutil.rmtree(Path(os.environ["FOURFOLD_HOME"]) / "lake" / "tables" / "crime")
    for words in (["refresh"], ["paper", "trace", "crime.all@2021"]):
        said = loaded(*words)
        assert said.code == 3
        assert "table crime" in said.err


def test_a_home_that_tables_cannot_lie_in_is_refused(run):
    said = run("doctor", "--home", "a[1]")
    assert said.code == 2
    assert "--home" in said.err


def test_a_home_that_cannot_be_made_is_said(run, tmp_path):
    (tmp_path / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    said = run("intake", "crimes.csv", "--force", "kent", "--home", "crimes.csv/home")
    assert said.code == 3


@pytest.mark.skipif(os.name != "posix", reason="SIGINT is of POSIX systems")
def test_ctrl_c_leaves_nothing_half_done(loaded, tmp_path):
    before = (Path(os.environ["FOURFOLD_HOME"]) / "lake" / "manifests" / "CURRENT").read_text()
    program = """
import sys, time
from fourfold.lake import Load
from fourfold import cli
def slow(self, why):
    print("about to commit", flush=True)
    time.sleep(30)
Load.finish = slow
sys.argv = ["fourfold", "refresh"]
cli.main()
"""
    started = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "about to commit\n"
    time.sleep(0.1)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=20)
    assert started.returncode == 130
    assert err == "Stopped. Nothing was left half-done: what was not committed is not there.\n"
    assert (Path(os.environ["FOURFOLD_HOME"]) / "lake" / "manifests" / "CURRENT").read_text() == before
    assert loaded("refresh").code == 0


def test_intake_json_is_one_object_a_source_with_its_four_counts_and_nothing_else(run, tmp_path):
    (tmp_path / "crimes.csv").write_text(CRIMES, encoding="utf-8")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    said = run("intake", "crimes.csv", "photo.csv", "--force", "kent", "--json")
    (crimes,) = json.loads(said.out)
    assert {
        name: crimes[name] for name in ("source", "received", "accepted", "quarantined", "unchanged")
    } == {
        "source": "crimes",
        "received": 13,
        "accepted": 12,
        "quarantined": 1,
        "unchanged": 0,
    }
    assert "photo.csv" in said.err
    assert "picture" in said.err
    assert said.code == 1
