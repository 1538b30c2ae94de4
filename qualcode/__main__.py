"""`python -m qualcode` is `qualcode`."""

from qualcode.cli import main

main()
