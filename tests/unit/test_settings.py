"""The user's settings: read with care, written whole, never anybody else's to read."""

import pytest

from qualcode import settings
from qualcode.errors import InputError, TroubleError
from qualcode.settings import Settings


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "settings.toml"


@pytest.mark.usefixtures("file")
def test_without_a_file_nothing_is_settled():
    assert settings.load() == Settings()


def test_what_is_remembered_is_read_back(file):
    settings.remember(coder="AK", last_project='/a "b"/ü\\c.qualcode')
    settings.remember(theme="paper")
    assert settings.load() == Settings("AK", "paper", last_project='/a "b"/ü\\c.qualcode')
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_comments_and_tables_of_the_user_stay(file):
    file.write_text('# mine\ntheme = "dark" \ncoder="A"\n\n[later]\nx = 1\n')
    settings.remember(coder="BO", last_project="p")
    assert file.read_text() == 'last_project = "p"\n# mine\ntheme = "dark" \ncoder = "BO"\n\n[later]\nx = 1\n'


def test_an_unknown_key_is_told_with_its_nearest_kin(file):
    file.write_text('codr = "AK"\n')
    said = []
    assert settings.load(said.append) == Settings()
    assert "'codr'" in said[0]
    assert "coder" in said[0]


@pytest.mark.parametrize("value", ["3", "true", '["AK"]', '"A\\u001bK"', '"A\\nK"'])
def test_a_bad_value_is_refused_with_file_key_and_what_is_expected(file, value):
    file.write_text(f"coder = {value}\n")
    with pytest.raises(InputError) as error:
        settings.load()
    assert str(file) in str(error.value)
    assert "coder" in str(error.value)
    assert '"AK"' in str(error.value)


@pytest.mark.parametrize("content", [b"coder = \n", b"\xff\xfe", b"coder = 'A'\ncoder = 'B'\n"])
def test_a_spoilt_file_is_refused_and_not_overwritten(file, content):
    file.write_bytes(content)
    with pytest.raises(InputError):
        settings.load()
    with pytest.raises(InputError):
        settings.remember(coder="AK")
    assert file.read_bytes() == content


def test_a_value_inside_a_longer_text_is_not_mistaken_for_a_setting(file):
    content = 'theme = """\ncoder = "no"\n"""\n'
    file.write_text(content)
    with pytest.raises(InputError):
        settings.remember(coder="AK")
    assert file.read_text() == content


def test_a_folder_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "taken" / "inside"))
    with pytest.raises((TroubleError, InputError)):
        settings.remember(coder="AK")


def test_a_pipeline_is_remembered_for_a_project_and_all_else_stays(file):
    file.write_text('# mine\ncoder = "AK"\n\n[keys]\n"coding.code" = "f12"\n')
    settings.remember_pipeline('/a "b"/ü.qualcode', "none", "fr")
    settings.remember_pipeline("/b.qualcode", "auto", "en")
    settings.remember_pipeline('/a "b"/ü.qualcode', "auto", "cy")
    settings.remember(theme="paper")
    assert settings.load() == Settings(
        "AK",
        "paper",
        keys=(("coding.code", "f12"),),
        pipelines=(("/b.qualcode", "auto", "en"), ('/a "b"/ü.qualcode', "auto", "cy")),
    )
    assert file.read_text().startswith('theme = "paper"\n# mine\n')
    file.write_text(file.read_text().replace("[keys]", "[later]\nx = [1]\n[keys]"))
    settings.remember_pipeline("/b.qualcode", "none", "en")
    assert "x = [1]" in file.read_text()
    with pytest.raises(InputError):
        settings.remember_pipeline("/a\nb", "none", "en")


@pytest.mark.parametrize("value", ['"auto"', '["auto"]', '["auto", 3]'])
def test_a_pipeline_that_is_none_is_refused(file, value):
    file.write_text(f'[pipelines]\n"/a.qualcode" = {value}\n')
    with pytest.raises(InputError, match="pipeline"):
        settings.load()
