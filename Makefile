# make demo   set everything up, read the example articles into a case, print the brief
# make test   everything that must hold: lint, types, tests
# make soak   the long tests
# make docs   write anew what is generated: command reference, settings, schema
# make bench  words a second, by stage
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/aegean.db

.PHONY: demo test lint soak docs bench clean

demo: $(VENV)/.case
	@mkdir -p build
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	$(BIN)/dragoman init $(DEMO) --name "Aegean crisis"
	$(BIN)/dragoman add $(DEMO) examples/crisis.jsonl
	$(BIN)/dragoman brief $(DEMO)
	@echo "The desk: $(BIN)/dragoman desk $(DEMO)"

test: lint
	$(BIN)/pytest -m "not soak"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(VENV)/.dev
	$(BIN)/pytest -m soak

docs: $(VENV)/.dev
	$(BIN)/dragoman schema --write src/dragoman/schemas/reading-1.json
	$(BIN)/python docs/generate.py

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/reading.py

$(VENV)/.case: pyproject.toml | $(VENV)
	$(BIN)/pip install --quiet --editable ".[desk]"
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

$(VENV):
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
