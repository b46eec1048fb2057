from pathlib import Path

import pytest

from khabarjoo.searcher.config import (
    DEFAULTS,
    KEYS,
    ConfigError,
    Settings,
    config_path,
    in_force,
    load,
    load_maps,
    make_file,
    template,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "khabarjoo" / "config.toml"


@pytest.fixture
def environment(file: Path) -> dict[str, str]:
    return {"KHABARJOO_CONFIG": str(file)}


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_everything_is_as_it_comes(environment) -> None:
    assert load(environment) == DEFAULTS
    assert {setting.origin for setting in in_force(environment).values()} == {"default"}


def test_the_file_is_in_the_config_folder_of_the_user(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_path({}).name == "config.toml"
    assert config_path({}).parent.name == "khabarjoo"


def test_everything_can_be_set(file: Path, environment) -> None:
    write(
        file,
        'index = "news.index"\ncolours = "never"\ntheme = "light"\nkeys = "vi"\npage_size = 25\nbidi = "on"\n'
        'calendar = "both"\ndigits = "persian"\nlanguage = "fa"\n'
        "time_limit = 0\nposition_limit = 7\n",
    )
    assert load(environment) == Settings(
        index=file.parent / "news.index",
        colours="never",
        theme="light",
        keys="vi",
        page_size=25,
        bidi="on",
        calendar="both",
        digits="persian",
        language="fa",
        time_limit=0,
        position_limit=7,
    )
    assert {setting.origin for setting in in_force(environment).values()} == {str(file)}


def test_a_path_may_begin_in_the_home_folder(file: Path, environment, monkeypatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    write(file, 'index = "~/news"')
    assert load(environment).index == Path("/home/reader/news")


def test_flags_beat_the_environment_which_beats_the_file(file: Path, environment) -> None:
    write(file, 'bidi = "on"\npage_size = 20')
    assert load(environment).bidi == "on"
    environment |= {"KHABARJOO_BIDI": "off", "KHABARJOO_PAGE_SIZE": "30"}
    assert (load(environment).bidi, load(environment).page_size) == ("off", 30)
    assert load(environment, {"bidi": "auto"}).bidi == "auto"
    assert load(environment, {"bidi": None}).bidi == "off"
    origins = {name: setting.origin for name, setting in in_force(environment, {"bidi": "auto"}).items()}
    assert (origins["bidi"], origins["page_size"], origins["keys"]) == (
        "command line",
        "$KHABARJOO_PAGE_SIZE",
        "default",
    )


def test_no_color_beats_the_file_but_not_our_own_variable(file: Path, environment) -> None:
    write(file, 'colours = "always"')
    assert load(environment | {"NO_COLOR": "1"}).theme == "none"
    assert load(environment | {"NO_COLOR": ""}).theme == "auto"
    assert load(environment | {"NO_COLOR": "1", "KHABARJOO_THEME": "light"}).theme == "light"


def test_an_empty_variable_sets_nothing(environment) -> None:
    assert load(environment | {key.variable: "" for key in KEYS}) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ('bidi = "maybe"', "bidi", '"auto", "on" or "off", not \'maybe\''),
        ("bidi = true", "bidi", '"auto", "on" or "off", not True'),
        ("bidi = []", "bidi", '"auto", "on" or "off", not []'),
        ('calendar = "lunar"', "calendar", '"jalali", "gregorian" or "both"'),
        ("page_size = 0", "page_size", "a whole number from 1 to 1000, not 0"),
        ('page_size = "ten"', "page_size", "a whole number from 1 to 1000"),
        ("page_size = 2.5", "page_size", "a whole number from 1 to 1000"),
        ("page_size = true", "page_size", "a whole number from 1 to 1000"),
        ("index = 1.5", "index", "the path of a folder"),
        ('index = " "', "index", "the path of a folder"),
        ("[keys]\nmode = 1", "keys", '"emacs" or "vi"'),
    ],
)
def test_a_wrong_value_is_named_with_its_file_and_what_is_allowed(
    file: Path, environment, text: str, key: str, allowed: str
) -> None:
    write(file, text)
    with pytest.raises(ConfigError) as caught:
        load(environment)
    assert str(caught.value).startswith(f"{file}: {key} is {allowed}")


@pytest.mark.parametrize("variable", ["KHABARJOO_BIDI", "KHABARJOO_PAGE_SIZE", "KHABARJOO_LANGUAGE"])
@pytest.mark.parametrize("value", ["nonsense", "-1", "9" * 5000, "۵"])
def test_a_wrong_variable_is_named(environment, variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^\\${variable}: "):
        load(environment | {variable: value})


def test_an_unknown_key_is_named_with_the_known_ones(file: Path, environment) -> None:
    write(file, 'colour = "never"')
    with pytest.raises(ConfigError) as caught:
        load(environment)
    assert str(caught.value) == (
        f"{file}: there is no 'colour' to set; there are "
        "index, colours, theme, keys, page_size, bidi, calendar, digits, language, time_limit, position_limit"
    )


@pytest.mark.parametrize(
    "text", ["bidi = ", b"bidi = '\xff'", "bidi = 1\nbidi = 2", "[" * 5000, "a = " + "[" * 100_000]
)
def test_what_is_not_toml_is_told_with_its_file(file: Path, environment, text: str | bytes) -> None:
    write(file, text)
    with pytest.raises(ConfigError) as caught:
        load(environment)
    assert str(caught.value).startswith(f"{file}: not TOML: ")


def test_a_file_that_cannot_be_read_is_told(file: Path, environment) -> None:
    file.mkdir(parents=True)
    with pytest.raises(ConfigError, match="is a directory"):
        load(environment)


def test_a_byte_order_mark_is_no_harm(file: Path, environment) -> None:
    write(file, "\ufeffbidi = 'off'\r\n")
    assert load(environment).bidi == "off"


def test_the_file_that_is_made_sets_nothing_and_explains_everything(file: Path, environment) -> None:
    make_file(file)
    assert load(environment) == DEFAULTS
    text = file.read_text(encoding="utf-8")
    assert all(f"\n#{key.name} = " in text and key.allowed in text for key in KEYS)


def test_every_line_of_the_file_that_is_made_can_be_taken_into_use(file: Path, environment) -> None:
    used = [line.removeprefix("#") for line in template().splitlines() if line.startswith("#") and line[1:2] != " "]
    write(file, "\n".join(used))
    settings = load(environment)
    assert len(used) == len(KEYS) + 4
    assert [len(pairs) for pairs in load_maps(environment).values()] == [1, 2]
    assert settings == Settings(index=settings.index)


def test_a_file_that_is_there_is_left_alone(file: Path) -> None:
    write(file, "bidi = 'on'")
    make_file(file)
    assert file.read_text(encoding="utf-8") == "bidi = 'on'"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fa_IR", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fa_AF"}, "fa"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_messages_are_in_the_language_of_the_locale_unless_set(locale: dict[str, str], language: str) -> None:
    assert Settings().language_of_messages(locale) == language
    assert Settings(language="fa").language_of_messages(locale) == "fa"
