# make run    assess a State (STATE=GBR) against the UN Trafficking Protocol
# make serve  the explorer, in a browser at http://127.0.0.1:8000/
# make test   run every test
# make lint   style, types, import floors, corpus
# make schemas  write docs/schema anew
# make words  gather new texts of the explorer into the catalogues of words and compile them
# make lock   pin the dependencies anew (needs the network)

STATE ?= GBR
NEW_ENOUGH := 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do $$p -c $(NEW_ENOUGH) 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run serve test lint schemas words lock java office browser postgres clean

run: $(READY)
	@$(BIN)/palermo assess $(STATE)

serve: $(READY)
	@$(BIN)/palermo serve

test: $(READY_TO_TEST)
	$(BIN)/python -m pytest -n auto

lint: $(READY_TO_TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/palermo check

schemas: $(READY)
	for name in $$($(BIN)/palermo schema); do $(BIN)/palermo schema $$name > docs/schema/$$name.json; done

WORDS := src/palermo/web/locale
LANGUAGES_OF_WORDS := ar es fr ru zh_Hans
words: $(READY)
	@template=$$(mktemp) && \
	$(BIN)/pybabel -q extract -F $(WORDS)/babel.cfg --no-location --sort-output --project Palermo -o $$template src/palermo corpus && \
	for language in $(LANGUAGES_OF_WORDS); do \
		catalogue=$(WORDS)/$$language/LC_MESSAGES/django.po; \
		test -f $$catalogue || $(BIN)/pybabel -q init -D django -i $$template -d $(WORDS) -l $$language; \
		$(BIN)/pybabel -q update -D django -i $$template -d $(WORDS) -l $$language \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 110 || exit; \
	done && rm $$template
	$(BIN)/pybabel -q compile -D django -d $(WORDS)

$(READY): constraints.txt pyproject.toml
	@$(or $(PYTHON),false) -c $(NEW_ENOUGH) || { echo "Palermo needs Python 3.11 or newer; say which with make PYTHON=/path/to/python3.11" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r constraints.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

# Spark runs on Java 17 or newer: brought where this machine lets us, else said how
HOW_TO_JAVA := "The tests run a real Spark, which needs Java 17 or newer: install openjdk-17-jre-headless or the like, or set JAVA_HOME"
java:
	@command -v java >/dev/null || test -x "$$JAVA_HOME/bin/java" || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq openjdk-17-jre-headless >/dev/null; } || \
		{ echo $(HOW_TO_JAVA) >&2; exit 2; }

# The letters are opened in LibreOffice, as their readers would
HOW_TO_OFFICE := "The tests open letters in LibreOffice: install libreoffice-writer-nogui or the like, so that soffice is found"
office:
	@command -v soffice >/dev/null || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui >/dev/null; } || \
		{ echo $(HOW_TO_OFFICE) >&2; exit 2; }

# The pages are tested in a real browser
HOW_TO_BROWSER := "The tests open the pages in Chromium: install chromium, or set CHROMIUM to the path of one"
browser:
	@command -v chromium >/dev/null || test -x "$$CHROMIUM" || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		{ echo $(HOW_TO_BROWSER) >&2; exit 2; }

# What workers share is tested on a real PostgreSQL
HOW_TO_POSTGRES := "The tests start a PostgreSQL of their own: install postgresql, so that initdb and postgres are found"
postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } || \
		{ echo $(HOW_TO_POSTGRES) >&2; exit 2; }

$(READY_TO_TEST): $(READY) constraints-dev.txt | java office browser postgres
	$(PIP) --require-hashes -r constraints-dev.txt
	@touch $@

COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet
lock: $(READY_TO_TEST)
	$(COMPILE) --extra spark --extra documents --extra legal --extra charts --extra impact --extra link --extra privacy --extra assistant --extra web --group dev --output-file constraints-dev.txt
	$(COMPILE) --extra bulk --extra documents --extra legal --extra charts --extra impact --extra link --extra privacy --extra assistant --extra web --group build --constraint constraints-dev.txt --output-file constraints.txt

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
