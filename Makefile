# Every command of a developer, in one place. Each line also works typed by itself where there is no make; on Windows
# the programs are in .venv\Scripts instead of .venv/bin.
PYTHON := .venv/bin/python

.PHONY: setup open test types lint format imports check lock hooks bench screenshots images docs

setup:        ## set up .venv once
	python3 start.py test --version

open:         ## open the console with a demo service
	python3 start.py

test:         ## all tests; style and types are among them
	python3 start.py test

types:        ## check the types
	$(PYTHON) -m mypy

lint:         ## check the style
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

format:       ## bring files into the one format, and repair what can be repaired by itself
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

imports:      ## check the arrow and the walls
	.venv/bin/lint-imports --no-logo

check: lint types imports test   ## everything, quickest first

lock:         ## pin the packages of pyproject.toml again; needs uv
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock

hooks:        ## run the checks of a commit; `prek install` runs them at each one
	.venv/bin/prek run --all-files

bench:        ## measure, and print beside the machine's floor
	$(PYTHON) -m bench.feed
	$(PYTHON) -m bench.feed_load
	$(PYTHON) -m bench.history
	$(PYTHON) -m bench.board
	$(PYTHON) -m bench.map
	$(PYTHON) -m bench.start
	$(PYTHON) -m bench.races
	$(PYTHON) -m bench.chase
	$(PYTHON) -m bench.overdue
	$(PYTHON) -m bench.positions
	$(PYTHON) -m bench.presence

FOLDER ?= pictures

screenshots:  ## the window and every dialog, on three screens and in three themes, into FOLDER; to be looked at
	$(PYTHON) -m tests.support.pictures $(FOLDER) --sheet

images:       ## the pictures that pages show
	$(PYTHON) -m tests.support.pictures --docs

docs:         ## write the pages that come from the code: keys, settings, words
	$(PYTHON) -m tests.support.written_pages
