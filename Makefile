# make demo   the program at work on sample incidents
# make test   every check and every test, the built wheel included
# make benchmarks  how fast it is, as ratios to a yardstick of the same run
# make screenshots  the pictures in the README, drawn anew
# make format lay the code out; make lock: pin the dependencies anew; make clean: remove what make made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := incident screens models playbooks

# The wheel is tried in an environment of its own, with run-time dependencies only.
WHEEL := .wheel
WHEEL_BIN := $(WHEEL)/venv/bin

# An installed package is marked by an empty file, so that a second run installs nothing.
VENV_MADE := $(VENV)/made
RUNTIME := $(VENV)/runtime-installed
TOOLS := $(VENV)/tools-installed
WHEEL_RUNTIME := $(WHEEL)/venv/runtime-installed

PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
LOCKED := --require-hashes

# The demo owes nothing to the person who runs it: no settings, no store, no language of theirs.
CLEAN_ENVIRONMENT := env -i HOME="$(CURDIR)/$(VENV)/home" PATH="$$PATH" TERM="$${TERM:-dumb}" \
	COLORTERM="$$COLORTERM" LANG=C.UTF-8

.PHONY: help demo test lint types imports tests wheel benchmarks format screenshots lock clean python-is-recent
.DEFAULT_GOAL := help

help:
	@sed -n '1,/^$$/s/^# //p' Makefile

demo: $(RUNTIME)
	@mkdir -p $(VENV)/home
	$(CLEAN_ENVIRONMENT) $(BIN)/incident demo

# One after the other, cheapest first, whatever -j says.
test: $(TOOLS)
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory imports
	@$(MAKE) --no-print-directory tests
	@$(MAKE) --no-print-directory wheel

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS)
	$(BIN)/mypy $(PACKAGES) tests

imports: $(TOOLS)
	$(BIN)/lint-imports

tests: $(TOOLS)
	$(BIN)/python -m pytest --numprocesses auto

wheel: $(TOOLS) $(WHEEL_RUNTIME)
	rm -rf $(WHEEL)/dist
	$(BIN)/python -m build --wheel --no-isolation --outdir $(WHEEL)/dist . > $(WHEEL)/build.log || { cat $(WHEEL)/build.log; exit 1; }
	$(WHEEL_BIN)/python $(PIP_INSTALL) --no-index --no-deps --force-reinstall $(WHEEL)/dist/*.whl
	$(BIN)/python tests/wheel_check.py $(WHEEL)/dist/*.whl $(WHEEL_BIN)/incident

benchmarks: $(TOOLS)
	$(BIN)/python tests/benchmarks/speed.py
	$(BIN)/python tests/benchmarks/imports.py
	$(BIN)/python tests/benchmarks/terminal.py
	$(BIN)/python tests/benchmarks/contracts.py
	$(BIN)/python tests/benchmarks/verification.py
	$(BIN)/python tests/benchmarks/server.py
	$(BIN)/python tests/benchmarks/drafts.py

screenshots: $(TOOLS)
	$(BIN)/python tests/screenshots.py

format: $(TOOLS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Pins stay as they are unless asked: `make lock UPGRADE=--upgrade`, or `UPGRADE='-P httpx'` for one package.
# Only the default index is read, or PIP_INDEX_URL, so that the hashes are those everyone gets.
# python-dateutil stays below 3: the calendar of public holidays the project is to use does not take more.
COMPILE = PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet \
	--generate-hashes --allow-unsafe --strip-extras --no-emit-options $(UPGRADE)
lock: $(TOOLS)
	$(COMPILE) --all-build-deps --upgrade-package 'python-dateutil<3' --output-file requirements.txt pyproject.toml
	$(COMPILE) --constraint requirements.txt --output-file requirements-dev.txt requirements-dev.in
	@! grep -nE '^-|://' requirements.txt requirements-dev.txt || { echo "a lock file names an index" >&2; exit 1; }

clean:
	rm -rf $(VENV) $(WHEEL) incident-demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

python-is-recent:
	@command -v "$(PYTHON)" > /dev/null || { \
	  echo "No $(PYTHON) here. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$("$(PYTHON)" --version) is too old. Use Python 3.11 or newer: make PYTHON=/path/to/python" >&2; exit 1; }

$(VENV_MADE): | python-is-recent
	"$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

# The build backend is among the locked packages, so the package itself needs nothing from the network.
$(RUNTIME): $(VENV_MADE) requirements.txt pyproject.toml
	$(BIN)/python $(PIP_INSTALL) $(LOCKED) --requirement requirements.txt
	$(BIN)/python $(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(RUNTIME) requirements-dev.txt
	$(BIN)/python $(PIP_INSTALL) $(LOCKED) --requirement requirements-dev.txt
	@touch $@

$(WHEEL_RUNTIME): requirements.txt | python-is-recent
	"$(PYTHON)" -m venv --clear $(WHEEL)/venv
	$(WHEEL_BIN)/python $(PIP_INSTALL) $(LOCKED) --requirement requirements.txt
	@touch $@
