PYTHON ?= .venv/bin/python

.PHONY: setup test lint expected coverage docs man bench ci

setup:  ## an environment for development
	python3 -m venv --without-pip .venv
	python3 -m pip --python .venv/bin/python install -q -e '.[dev]'

test:
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

expected:  ## write seeds/expected anew; read the difference before you commit it
	for file in seeds/*.txt; do $(PYTHON) -m ca_normalize $$file > seeds/expected/$${file##*/}; done

coverage:  ## write the table of what the gazetteer covers anew
	$(PYTHON) -m ca_normalize.gazetteer.coverage > docs/coverage.md

docs:  ## the documentation site, in site/
	$(PYTHON) -m mkdocs build

man:  ## the manual page, from the same source as --help
	$(PYTHON) -c "from ca_normalize import __version__, completion, options; print(completion.man_page(options.parser(), __version__))" > ca-normalize.1

bench:  ## the tables of speed; see benchmarks/README.md
	$(PYTHON) benchmarks/speed.py
	$(PYTHON) benchmarks/files.py

ci:
	.ci/run
