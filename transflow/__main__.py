"""`python -m transflow`: the command line, wherever the script is."""

from transflow.cli import main

main()
