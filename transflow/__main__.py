"""Entry point of `python -m transflow`."""

from transflow.cli import main

main()
