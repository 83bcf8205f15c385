# Everything starts here. `make help` lists the targets; PYTHON=/path/to/python3 chooses another Python.
PYTHON ?= python3
PORT ?= 8000
# Further arguments for pytest: make test ARGS="tests/teams -k invitation"
ARGS ?=

RUN := .venv/bin/python
# What `manage.py check --deploy` and the static files are checked with: a production that exists nowhere.
PRODUCTION := env -u TESTING -u DATABASE_URL ENV_FILE=/dev/null DEBUG=false ALLOWED_HOSTS=throughline.example \
	SECRET_KEY=only-for-the-check-4c1e9f0a7b3d5826e1f4a9c07d2b6835 EMAIL_URL=smtp+tls://mail.example:587
LOCAL := env ENV_FILE=/dev/null TESTING=true
# Two workers, each file whole on one of them, in the order of the folders: the last ones have short files, so neither
# worker waits long for the other.
SPREAD := -n 2 --dist loadfile --no-loadscope-reorder
# What mypy reads: tests are left out, and benchmarks where there are none
SOURCES := config teams insights journeys experiments campaigns scripts $(wildcard benchmarks) manage.py conftest.py

.PHONY: help run test check format bench image-trial constraints site-packages test-packages

help:
	@echo "make run     start the site and the worker on http://localhost:$(PORT)/ (PORT= chooses the port)"
	@echo "make test    the whole test suite (DATABASE_URL= chooses the database, ARGS= what to run)"
	@echo "make check   format, lint, types, import contracts, templates, migrations, house rules"
	@echo "make bench   the speed table, also as bench.json"
	@echo "make format  write the code the way make check wants it"

run: site-packages
	@PORT=$(PORT) $(RUN) scripts/run.py

test: test-packages
	@CHROMIUM="$$($(PYTHON) scripts/chromium.py)" && export CHROMIUM && $(RUN) -m pytest $(SPREAD) $(ARGS)

check: test-packages
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) scripts/house_rules.py
	.venv/bin/lint-imports
	$(RUN) -m djlint templates --lint --quiet
	$(LOCAL) $(RUN) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(RUN) manage.py check --deploy --fail-level WARNING
	$(LOCAL) $(RUN) -m mypy $(SOURCES)

format: test-packages
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

bench: test-packages
	@CHROMIUM="$$($(PYTHON) scripts/chromium.py)" && export CHROMIUM && $(RUN) -m benchmarks $(ARGS)

image-trial:
	@scripts/image_trial.sh

constraints: test-packages
	@$(RUN) scripts/constraints.py

site-packages:
	@command -v $(PYTHON) >/dev/null || { echo "throughline: $(PYTHON) was not found; Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) scripts/environment.py requirements.txt

test-packages:
	@command -v $(PYTHON) >/dev/null || { echo "throughline: $(PYTHON) was not found; Python 3.11 or newer is needed." >&2; exit 1; }
	@$(PYTHON) scripts/environment.py requirements-dev.txt
