"""The command line: every command reads its words, calls the project, and prints. What it promises: `contract.py`."""

__all__ = ["main"]


def main() -> None:
    """Run `qualcode` as a program."""
    from qualcode.cli.contract import run

    run()
