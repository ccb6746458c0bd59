# The one set of entry points. Bare `make` prints this help.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports tests soak format openapi lock bench clean

help: ## Show what there is to call
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.local ## Run the whole product with made-up people on http://127.0.0.1:8000
	@exec $(BIN)/x-pilot demo

test: check tests ## Everything: lint, types, import rules, tests on a real PostgreSQL

check: lint types imports

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/basedpyright

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/.dev
	$(BIN)/python -m pytest

soak: $(VENV)/.dev ## The tests that come in sizes, at their large size
	SOAK=1 $(BIN)/python -m pytest $(shell grep -rlE 'import sized$$' tests --include='test_*.py')

format: $(VENV)/.dev ## Put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

openapi: $(VENV)/.local ## Write openapi/ anew from the code
	$(BIN)/x-pilot openapi openapi

bench: $(VENV)/.dev ## Measure what the speed claims are made of
	$(BIN)/python -m benchmarks.push

lock: $(VENV)/.dev ## Pin the packages of requirements/*.in anew
	$(PIP) install --quiet uv
	for list in service local dev; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
			requirements/$$list.in --output-file requirements/$$list.txt; \
	done
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		requirements/tracing.in --constraints requirements/service.txt --output-file requirements/tracing.txt

clean: ## Remove the environment; the data in .x-pilot stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

# The environment is made again when what it should hold changes.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "x-pilot needs Python >= 3.11; set PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "x-pilot needs Python's venv module (on Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.local: requirements/local.txt pyproject.toml | $(BIN)/python
	@echo "installing what the service needs ..."
	@$(PIP) install --quiet --require-hashes -r requirements/local.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.local
	@echo "installing what the tests need ..."
	@$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
