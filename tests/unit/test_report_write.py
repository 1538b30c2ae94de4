import os
from dataclasses import replace

import pytest

from qualcode.errors import InputError
from qualcode.report import SUFFIXES, write
from tests.unit.report_tables import ALL, block_matrix, one_cell


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("table", ALL)
def test_every_table_is_written_in_every_format_with_the_same_bytes_twice(tmp_path, table, suffix):
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    assert write(table(), first) == first
    write(table(), second)
    assert first.stat().st_size > 0
    assert first.read_bytes() == second.read_bytes()


def test_only_the_file_and_the_twin_of_a_csv_are_left_behind(tmp_path):
    (tmp_path / "a.json").write_text("mine")
    write(one_cell(), tmp_path / "a.csv")
    write(one_cell(), tmp_path / "b.HTML")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.json", "a.json", "b.HTML"]
    assert (tmp_path / "a.json").read_text() == "mine"


@pytest.mark.parametrize("name", ["table.exe", "table", "table.xls"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(InputError, match=r"\.docx.*\.html"):
        write(one_cell(), tmp_path / name)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        write(one_cell(), tmp_path / "not there" / "table.md")


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "table.md").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        write(one_cell(), tmp_path / "table.md")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_protected_file_is_left_alone(tmp_path):
    target = tmp_path / "table.md"
    target.write_text("mine")
    target.chmod(0o400)
    with pytest.raises(InputError, match="not allowed"):
        write(one_cell(), target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_reading_that_fails_leaves_the_old_file_untouched(tmp_path, suffix):
    def fails_at_the_third(evidence):
        if evidence.ids == (7,):
            raise OSError
        return ()

    target = tmp_path / f"table{suffix}"
    target.write_text("the old one")
    with pytest.raises(OSError):  # noqa: PT011
        write(replace(block_matrix(), reads=fails_at_the_third), target)
    assert target.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_a_csv_is_not_written_when_its_twin_cannot_be_made(tmp_path):
    def fails(_row, _column):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(replace(one_cell(), opens=fails), tmp_path / "table.csv")
    assert list(tmp_path.iterdir()) == []


def test_quotations_of_participants_are_readable_by_their_owner_only(tmp_path):
    assert write(block_matrix(), tmp_path / "table.html").stat().st_mode & 0o077 == 0
