# Two commands do all set-up on a machine with Python 3.11+, git and make: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test lint unit bench docs screenshots soak lock clean
help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/done: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src  # as pip does with the rest: some environments write no bytecode by themselves
	touch $@

demo: .venv/done  ## a copy of the sample project, from reports to the story, in demo/
	rm -rf demo && cp -R sample demo
	$(BIN)/transflow -C demo update
	$(BIN)/transflow -C demo status
	$(BIN)/transflow -C demo check
	$(BIN)/transflow -C demo render | sed 's|^|demo/|'
	@tail -n 1 demo/build/en/un-china-refugees.txt

test: lint unit  ## everything that CI runs

lint: .venv/done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/done
	$(BIN)/pytest

bench: .venv/done  ## speed, as ratios side by side in one run
	$(BIN)/python -m compileall -q src bench
	$(BIN)/python -m bench

docs: .venv/done  ## docs/checks.md, from the checks
	$(BIN)/python tests/checks_page.py

screenshots: .venv/done  ## pictures of the terminal UI, made from the sample, in docs/images
	$(BIN)/python tests/screenshots.py

soak: .venv/done  ## long random runs, and every property with many more examples
	EXAMPLES=soak $(BIN)/pytest -n 2 --timeout 3600 -m "soak or hypothesis"

lock:  ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv demo .bench
