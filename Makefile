# Everything a newcomer or a colleague does here. `make run` and `make test` need nothing done before.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

.PHONY: help run demo test check faults bench bench-boards lock catalogue migration format clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(VENV)/.run: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the bot needs (about a minute)..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.txt
	@echo "Installing what the tests need..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run  ## start: on Slack when there is a .env, otherwise the demo in your browser
	@if [ -f .env ]; then exec $(BIN)/fanperdag run; else exec $(BIN)/fanperdag demo; fi

demo: $(VENV)/.run  ## the demo in your browser, also when there is a .env
	@exec $(BIN)/fanperdag demo

test: $(VENV)/.test  ## all tests but the long ones
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long"

check: $(VENV)/.test  ## lint, format, types, import contract
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

faults: $(VENV)/.test  ## the long fault runs
	@$(BIN)/python -m pytest -m long tests/faults

bench: $(VENV)/.test  ## the figures, into docs/benchmarks.md
	@$(BIN)/python -m tests.benchmarks.bench

bench-boards: $(VENV)/.test  ## the leaderboard with ten million stories in the table; takes its time
	@$(BIN)/python -m tests.benchmarks.boards 10000000

lock: $(VENV)/.test  ## renew the pinned requirements
	@$(UV) --upgrade pyproject.toml -o requirements.txt
	@$(UV) --upgrade --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

catalogue: $(VENV)/.test  ## gather new sentences into the translation files
	@$(BIN)/python -m tests.catalogue

migration: $(VENV)/.test  ## draft a migration: make migration number=0002 message="What changes"
	@$(BIN)/python -c "from storage.migrate import draft; draft('$(message)', '$(number)')"
	@$(BIN)/ruff format --quiet storage/migrations

format: $(VENV)/.test  ## let ruff put the code in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## remove what the commands above made
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
