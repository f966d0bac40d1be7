# Everything runs through here. On a fresh machine with Python 3.11 or newer and make, `make demo` and
# `make test` do all the set-up: a virtual environment in .venv from the pinned, hashed lists.

PYTHON ?= python3
HOME_OF_DEMO ?= demo
SCALE ?= 1.0
PORT ?= 8000
# `make demo SERVE=` makes the demo without serving its pages at the end.
SERVE ?= yes
BIN := .venv/bin
export FOURFOLD_REFERENCE_DATA ?= $(wildcard $(CURDIR)/../shared/data)

.PHONY: demo test pictures lint check bench lock clean

demo: .venv/default
	$(BIN)/fourfold demo --home $(HOME_OF_DEMO) --scale $(SCALE) --port $(PORT) $(if $(SERVE),,--no-serve)

test: .venv/dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The pictures of the documents, taken of a small demo in a real browser.
pictures: .venv/dev
	FOURFOLD_PICTURES=docs/pictures $(BIN)/python -m pytest tests/browser/test_browser_pictures.py

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: .venv/dev
	$(BIN)/python -m bench

# The default list is held to the versions of the development one: what is tested is what is installed.
UV_COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11

lock: .venv/dev
	$(UV_COMPILE) --extra dev pyproject.toml -o requirements-dev.lock
	$(UV_COMPILE) -c requirements-dev.lock pyproject.toml -o requirements.lock

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/default: .venv/made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev: .venv/default requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv demo build dist
