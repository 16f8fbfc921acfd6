# Everything here does its own set-up in .venv; `make demo` and `make test` work on a fresh checkout.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install demo test coverage torture lint bench run screens lock clean

BIN := .venv/bin
READY := .venv/.ready

help:
	@echo "make install  set up .venv with Okra in it"
	@echo "make demo     play two weeks in a practice Slack"
	@echo "make test     run every check"
	@echo "make coverage run every test, and see which lines none of them reaches"
	@echo "make torture  kill the bot 600 times while everything goes wrong, and see whether anything is lost or doubled"
	@echo "make lint     run the checks that are no tests"
	@echo "make bench    measure"
	@echo "make run      run the bot (settings come from the environment or .env)"
	@echo "make screens  make a picture of every screen, in docs/screens (takes a Chromium)"
	@echo "make lock     find newer versions of what we depend on, and write the lock files (takes uv)"
	@echo "make clean    remove what the others made"

# A Python of 3.11 or later, whatever it is called here.
$(READY): requirements-dev.lock pyproject.toml
	@for python in python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Okra needs Python 3.11 or later, and there is none here (looked for python3, python3.13, 3.12, 3.11)." >&2; exit 1; \
	fi; \
	echo "Setting up .venv, which takes a minute the first time"; \
	$$found -m venv --clear .venv || { echo "$$found cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(READY)

demo: $(READY)
	@if [ -t 1 ]; then $(BIN)/okra demo; else $(BIN)/okra demo --play; fi

lint: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "Run: $(BIN)/ruff format" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 || { cat .lint-imports.log; rm -f .lint-imports.log; exit 1; }
	@rm -f .lint-imports.log
	@$(BIN)/hadolint Dockerfile

TESTS := $(BIN)/pytest -n 4 --dist worksteal -m "not bench"

test: lint
	@$(TESTS)

# The same tests. Watching which lines they reach takes nearly as long again.
coverage: $(READY)
	@$(TESTS) --cov --cov-report=term:skip-covered --cov-fail-under=95

torture: $(READY)
	@$(BIN)/python -m tests.torture --kills 300 --database sqlite
	@$(BIN)/python -m tests.torture --kills 300 --database postgresql --replicas 3

bench: $(READY)
	@$(BIN)/pytest -m bench -s tests/bench

run: $(READY)
	@$(BIN)/okra run

screens: $(READY)
	@$(BIN)/python -m tests.browser.screens

LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade
lock:
	@command -v uv > /dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@$(LOCK) --group build --constraints requirements-dev.lock --output-file requirements-build.lock

clean:
	@rm -rf .venv .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	@find bot tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
