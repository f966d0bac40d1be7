"""The folder of all state and its settings: where they come from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.home import SETTINGS, CouldNotRunError, FourfoldError, Home, WrongUseError


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch):
    for name in ("HOME", *(setting.upper() for setting in SETTINGS)):
        monkeypatch.delenv(f"FOURFOLD_{name}", raising=False)


def settings(home: Home, text: str) -> dict[str, str]:
    home.prepare()
    home.settings_file.write_text(text, encoding="utf-8")
    return Home(home.path).settings


def test_an_option_goes_before_the_environment_and_that_before_the_platform(tmp_path, monkeypatch):
    assert "fourfold" in str(Home.choose().path)
    monkeypatch.setenv("FOURFOLD_HOME", str(tmp_path / "a"))
    assert Home.choose().path == tmp_path / "a"
    assert Home.choose(tmp_path / "b").path == tmp_path / "b"
    monkeypatch.setenv("FOURFOLD_HOME", "")
    assert "fourfold" in str(Home.choose().path)


def test_a_relative_folder_is_meant_from_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Home.choose(Path("demo")).path == tmp_path / "demo"


@pytest.mark.parametrize("name", ["with space", "ümlaut 日本", "50% off", "a'b", "#1", "a&b", "(x)"])
def test_a_home_may_have_any_ordinary_name(tmp_path, name):
    assert Home.choose(tmp_path / name).path.name == name


@pytest.mark.parametrize("name", ["a%20b", "a[1]", "x^y", "p|q", "tab\there", "a\\b"])
def test_a_name_under_which_tables_cannot_be_found_again_is_refused(tmp_path, name):
    with pytest.raises(WrongUseError, match="Name another folder"):
        Home.choose(tmp_path / name)


def test_settings_come_from_the_file_and_the_environment_goes_before_it(home, monkeypatch):
    assert settings(home, 'force = "kent"\nmade_up = true') == {"force": "kent", "made_up": "true"}
    monkeypatch.setenv("FOURFOLD_FORCE", "essex")
    monkeypatch.setenv("FOURFOLD_MADE_UP", "False")
    monkeypatch.setenv("FOURFOLD_FORCE_NAME", "")
    assert Home(home.path).settings == {"force": "essex", "made_up": "false"}


def test_no_file_is_no_setting(home):
    assert home.settings == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("force = ", "cannot be read"),
        ('colour = "red"\nforze = "kent"', "colour, forze"),
        ('made_up = "yes"', "true or false"),
        ("made_up = 1", "true or false"),
        ('force = ["kent"]', "force in fourfold.toml is not a word"),
        ("[force]\nname = 1", "not a word"),
    ],
)
def test_a_fault_in_the_file_is_named(home, text, words):
    with pytest.raises(WrongUseError) as caught:
        settings(home, text)
    assert words in str(caught.value)
    assert caught.value.next_step


def test_a_file_that_is_not_utf_8_or_not_a_file_is_named(home):
    home.prepare()
    home.settings_file.write_bytes(b'force = "\xff"')
    with pytest.raises(WrongUseError, match=r"fourfold\.toml"):
        _ = home.settings
    home.settings_file.unlink()
    home.settings_file.mkdir()
    with pytest.raises(WrongUseError, match=r"fourfold\.toml"):
        _ = Home(home.path).settings


def test_a_wrong_yes_or_no_in_the_environment_is_refused(home, monkeypatch):
    monkeypatch.setenv("FOURFOLD_MADE_UP", "yes")
    with pytest.raises(WrongUseError, match="made_up in FOURFOLD_MADE_UP is 'yes'"):
        _ = home.settings


def test_writing_settings_keeps_what_stands_there(home):
    settings(home, '# ours\nforce = "kent"  # since 2020\n')
    home.write_settings({"made_up": "true"})
    text = home.settings_file.read_text(encoding="utf-8")
    assert "# ours" in text
    assert "# since 2020" in text
    assert home.settings == {"force": "kent", "made_up": "true"}


def test_writing_refuses_an_unknown_setting_and_a_faulty_file(home):
    home.prepare()
    with pytest.raises(WrongUseError, match="no setting colour"):
        home.write_settings({"colour": "red"})
    home.settings_file.write_text("force = ", encoding="utf-8")
    with pytest.raises(WrongUseError, match="cannot be read"):
        home.write_settings({"force": "kent"})
    assert home.settings_file.read_text(encoding="utf-8") == "force = "


def test_a_home_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CouldNotRunError, match="cannot be made") as caught:
        Home(tmp_path / "file" / "home").prepare()
    assert "--home" in caught.value.next_step


def test_every_error_carries_its_exit_code():
    codes = {kind.__name__: kind.exit_code for kind in FourfoldError.__subclasses__()}
    assert (
        codes.items()
        >= {
            "DataProblemError": 1,
            "WrongUseError": 2,
            "CouldNotRunError": 3,
        }.items()
    )
