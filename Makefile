# Two commands do all set-up on a machine with Python 3.11+, git and make: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PURE := tests/attribution tests/checks tests/findings tests/gazetteer tests/glossary tests/integrity tests/language tests/merge tests/phrases tests/po \
	tests/presenters tests/privacy tests/renderers tests/report tests/settings tests/stories tests/story_checks tests/units tests/update tests/web_pages

.PHONY: help demo test quick lint unit check coverage package bench docs container screenshots soak browser newcomer simulate mutate lock clean
help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/done: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	@echo "Installing $$(grep -c '^[a-z].*==' requirements.lock) packages into .venv: this takes a minute or two."
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q transflow  # as pip does with the rest: some environments write no bytecode by themselves
	touch $@

demo: .venv/done  ## a copy of the sample newsroom in demo/; its finished story is checked and rendered
	rm -rf demo && mkdir demo && cp -R transflow.toml sources locales demo
	$(BIN)/transflow -C demo update
	$(BIN)/transflow -C demo status
	$(BIN)/transflow -C demo check
	$(BIN)/transflow -C demo render | sed 's|^|demo/|'
	@tail -n 1 demo/build/en/un-china-refugees.txt

test: lint unit check  ## everything that CI runs

quick: .venv/done  ## for the inner loop: ruff, and the tests of the pure rooms with few examples
	$(BIN)/ruff check --quiet .
	EXAMPLES=quick $(BIN)/pytest -n 0 -m "not soak and not slow" $(PURE)

lint: .venv/done  ## ruff, mypy and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/done  ## all tests
	$(BIN)/pytest

check: .venv/done  ## transflow check on the sample: the repository is a newsroom of its own
	$(BIN)/transflow check

coverage: .venv/done  ## the tests with branch coverage; fails below the floor in pyproject.toml
	$(BIN)/pytest --cov --cov-report=term

package: .venv/done  ## wheel and sdist in dist/, tested from another folder
	$(BIN)/python -m scripts.package

bench: .venv/done  ## speed, as ratios side by side in one run
	$(BIN)/python -m compileall -q transflow bench
	$(BIN)/python -m bench

docs: .venv/done  ## what is generated (docs/checks.md, tables, catalogs of the screen's texts), then the site in .site/html
	$(BIN)/python -m scripts.checks_page
	$(BIN)/python -m scripts.plugins_pages
	$(BIN)/python -m scripts.translations
	$(BIN)/python -m scripts.site.parts_pages
	$(BIN)/python -m scripts.site

container: .venv/done  ## the steps of the Containerfile, in a root that mmdebstrap makes; needs root
	$(BIN)/python -m scripts.container

screenshots: .venv/done  ## pictures of the terminal UI, made from the sample, in docs/images
	$(BIN)/python -m scripts.screenshots

soak: .venv/done  ## long random runs, and every property with many more examples; sweeps go on for SWEEP_MINUTES=20 each
	EXAMPLES=soak $(BIN)/pytest -n 2 --timeout 3600 -m "soak or hypothesis"

newcomer: .venv/done  ## the keys and questions of somebody new in a terminal, to a first sentence and a first story; needs tmux
	PYTHONPATH=.:tests $(BIN)/python -m scripts.newcomer

simulate: .venv/done  ## years of a newsroom from one seed, with accidents: SEED=1 YEARS=0.25
	PYTHONPATH=.:tests $(BIN)/python -m simulation --years $(or $(YEARS),0.25) $(if $(SEED),--seed $(SEED))

browser: .venv/done  ## every page in Chromium, at a desk, on a phone and in the dark, with and without scripts; needs chromium
	$(BIN)/pytest -n 2 -m "browser or not browser" tests/web

mutate: .venv/done  ## seeded changes of five rooms, each against the tests of the room: ROOM=merge SIZE=200 SEED=1
	$(BIN)/python -m scripts.mutation $(ROOM) --size $(or $(SIZE),200) --seed $(or $(SEED),1)

lock:  ## write requirements.lock and requirements-container.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --group dev --group docs pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --constraint requirements.lock --no-annotate --group container pyproject.toml \
		--output-file requirements-container.lock

clean:  ## removes .venv, demo/, dist/ and .site/
	rm -rf .venv demo dist .bench .site
