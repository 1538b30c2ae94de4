"""The command line: every command reads its words, calls the project, and prints. What it promises: `contract.py`."""

__all__ = ["main"]


def main() -> None:
    """Run `qualcode` as a program."""
    try:
        from qualcode.cli.contract import run
    except KeyboardInterrupt:  # so early that nothing can have happened yet
        raise SystemExit(130) from None
    run()
