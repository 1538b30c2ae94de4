"""Start: how long a person waits for help, beside the least that any click program needs."""

import sys

from tests.benchmarks.bench import Row, command, row


def rows() -> list[Row]:
    shown = command(sys.executable, "-m", "qualcode", "--help")
    click = command(sys.executable, "-c", "import click")
    python = command(sys.executable, "-c", "pass")
    return [
        row("qualcode --help", shown, 'python -c "import click"', click, runs=15),
        row('python -c "import click"', click, "python -c pass", python, runs=15),
    ]
