"""What a stranger installs: the wheel alone, away from the checkout, runs the main job."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder into which the wheel was unpacked; its dependencies are this Python's."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*build, "-q", "-w", str(folder)], check=True, capture_output=True, cwd=folder)
    (wheel,) = folder.glob("qualcode-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed, *words, cwd):
    surroundings = os.environ | {"PYTHONPATH": str(installed), "QUALCODE_CONFIG": str(cwd / "config")}
    command = [sys.executable, "-m", "qualcode", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd, env=surroundings)


def test_the_wheel_is_what_runs_and_not_the_checkout(installed, tmp_path):
    surroundings = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import qualcode; print(qualcode.__file__)"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env=surroundings)
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_codebooks_samples_and_types_are_inside(installed):
    inside = installed / "qualcode" / "_shipped"
    assert sorted(path.stem for path in (inside / "codebooks").glob("*.yaml")) == sorted(
        path.stem for path in (ROOT / "codebooks").glob("*.yaml")
    )
    interviews = (inside / "sample_transcripts" / "interviews").iterdir()
    assert {path.suffix for path in interviews} >= {".docx", ".txt", ".vtt"}
    assert (installed / "qualcode" / "py.typed").exists()


def test_the_demo_makes_the_study_prints_the_matrix_and_writes_the_table(installed, tmp_path):
    done = run(installed, "demo", "study", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "M2a" in done.stdout
    assert "P3" in done.stdout
    written = {path.suffix for path in (tmp_path / "study").iterdir()}
    assert written >= {".qualcode", ".docx", ".html", ".csv"}
    checked = run(installed, "check", "--project", str(next((tmp_path / "study").glob("*.qualcode"))), cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
