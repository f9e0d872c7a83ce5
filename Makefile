# Each target works as the first command on a bare Debian 12 with python3.11, make and git:
# it installs what is missing, and touches no network when nothing is.
SHELL := /bin/sh
PY ?= python3.11
V := .venv
PYTHON := $(V)/bin/python
# A developer's own settings never reach the tests. Modules are compiled once, not by every process
# that a test starts: that takes half of its time.
CLEAN_ENV := env -u FICHAAT_DATOS -u FICHAAT_CLAVE_ARCHIVO -u FICHAAT_RELOJ -u PYTHONPATH \
	-u PYTHONDONTWRITEBYTECODE NO_COLOR=1 COLUMNS=120
ARGS ?=

.PHONY: help run test lint format faults bench tools setup setup-run locks clean
.NOTPARALLEL:

help:
	@echo 'make run     the window; without a screen, the main job in it, results in out/'
	@echo 'make test    whole test suite (ARGS="-k name" chooses)'
	@echo 'make lint    ruff, mypy, import-linter, lock check'
	@echo 'make format  let ruff rewrite what it can'
	@echo 'make faults  fault injection at every write (slow)'
	@echo 'make bench   floors and program side by side'
	@echo 'make setup   only prepare $(V)'
	@echo 'make locks   resolve the dependencies again'
	@echo 'make clean   remove everything that was made'

run: setup-run
	scripts/gui.sh $(ARGS)

test: tools setup
	$(CLEAN_ENV) $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

lint: setup
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports --no-cache
	$(PYTHON) scripts/check_locks.py

format: setup
	$(V)/bin/ruff check --fix .
	$(V)/bin/ruff format .

faults: tools setup
	$(CLEAN_ENV) FICHAAT_FAULTS=all $(PYTHON) -m pytest -n auto --dist worksteal -m faults --timeout 0 $(ARGS)

bench: setup
	$(CLEAN_ENV) $(PYTHON) -m bench $(ARGS)

tools:
	@scripts/system.sh $(PY) test

setup-run:
	@scripts/setup.sh $(PY) run

setup:
	@scripts/setup.sh $(PY) dev

locks:
	scripts/lock.sh

clean:
	rm -rf $(V) .venv.lock out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
