"""`python -m tests.benchmarks [NAME ...]` runs every bench_NAME.py here, or those named, and prints their tables."""

import os
import platform
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.bench import table


def main(names: list[str]) -> int:
    """Runs the chosen benchmarks; 1 if one could not run, 2 if there is none of that name."""
    found = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = [name for name in names if name not in found]
    if unknown:
        print(f"no benchmark called {', '.join(unknown)}; there are: {', '.join(found)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    failed = False
    for name in names or found:
        print(flush=True)
        try:
            module = import_module(f"tests.benchmarks.bench_{name}")
            print(table((module.__doc__ or name).splitlines()[0], module.rows()), flush=True)
        except Exception as error:  # noqa: BLE001 (the other benchmarks still run)
            failed = True
            print(f"{name}: could not run: {type(error).__name__}: {error}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
