# SPDX-License-Identifier: Apache-2.0
# The commands of this project. `make` alone lists them.

# Settings some machines carry that would slow every start or reach into our environment.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help setup run demo test lists journeys attacks models check bench package messages coverage lock

PYTHON := .venv/bin/python
ARGS ?=

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## prepare the environment in .venv (the others do it by themselves)
	@sh scripts/setup.sh

run: ## open the program
	@sh scripts/setup.sh --windows
	@$(PYTHON) -m ui.start $(ARGS)

demo: ## an invented centre: import, record, print, look
	@sh scripts/setup.sh --windows
	@$(PYTHON) -m ui.cli.main demo $(ARGS)

test coverage: export QT_QPA_PLATFORM ?= offscreen
test: setup ## run every test but those over whole lists and whole journeys, and the attacks
	@$(PYTHON) -m pytest -n 2 --dist worksteal -m "not lists and not journeys and not attacks" $(ARGS)

journeys: export QT_QPA_PLATFORM ?= offscreen
journeys: setup ## five returnees from the front desk to closing, by keyboard alone
	@$(PYTHON) -m pytest -m journeys $(ARGS) tests/windows

attacks: export QT_QPA_PLATFORM ?= offscreen
attacks: setup ## programs that are killed in the midst of their work, and attackers of what is published
	@$(PYTHON) -m pytest -n 2 --dist worksteal -m "attacks and not models" $(ARGS)

lists: export QT_QPA_PLATFORM ?= offscreen
lists: setup ## whole lists made by others, where they are at hand: people to compare, workbooks to ask
	@$(PYTHON) -m pytest -m lists $(ARGS) tests/services tests/windows

models: export QT_QPA_PLATFORM ?= offscreen
models: export CENTRE_EXAMPLES ?= 60
models: setup ## models with many more examples than in `make test` (CENTRE_EXAMPLES says how many)
	@$(PYTHON) -m pytest -n 2 --dist worksteal -m models $(ARGS)

check: setup ## look over the code: form, style, types, who imports whom, translations
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) scripts/messages.py check

bench: setup ## measure, as ratios in one run
	@$(PYTHON) -m bench $(ARGS)

package: setup ## build dist/resource-centre and let it test itself
	@sh packaging/build.sh

messages: setup ## collect the program's words and compile the translations
	@$(PYTHON) scripts/messages.py extract
	@$(PYTHON) scripts/messages.py compile

coverage: setup ## which lines the tests run, by folder
	@$(PYTHON) -m pytest -q --cov --cov-report=json:.coverage.json $(ARGS)
	@$(PYTHON) scripts/coverage_by_folder.py .coverage.json

lock: ## choose new versions of what we use and lock them by hash (needs uv)
	@uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-find-links --no-emit-index-url \
		--no-header --python-version 3.11 --group dev --extra postgres pyproject.toml --output-file requirements.lock
