# `make demo` and `make test` need nothing but python3 (3.11 or later): all that is installed goes into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
CARGO ?= cargo
CRATE = --manifest-path native/Cargo.toml

.PHONY: demo test test-native test-cluster test-sid test-all test-classic-whoosh lint types docs reference lock clean

PYTHONS = 3.11 3.12 3.13 3.14

demo: $(READY)
	@$(BIN)/python -m khabarjoo.seeds.demo

# One process a core; each takes whole test files in their order, so that what a file's tests share is made once.
PYTEST = -m pytest -n auto --dist loadscope --no-loadscope-reorder

# KHABARJOO_NATIVE=0 make test: the same without the kernel.
test: $(READY)
	$(BIN)/python $(PYTEST)

# The tests of the kernel by itself, which needs Rust.
test-native:
	$(CARGO) test --quiet --locked --no-default-features $(CRATE)

# The same suite on the whoosh of 2016, so that leaving the fork we pin stays cheap.
test-classic-whoosh:
	@$(MAKE) --no-print-directory $(VENV)-classic/.ready VENV=$(VENV)-classic
	@if ! $(VENV)-classic/bin/python -m pip show -q whoosh 2>/dev/null; then \
		$(VENV)-classic/bin/python -m pip uninstall -q -y whoosh3 && \
		$(VENV)-classic/bin/python -m pip install -q Whoosh==2.7.4; fi
	$(VENV)-classic/bin/python $(PYTEST)

# The same contract on a real OpenSearch of both lines: fetches its jars, starts three processes, stops them again.
test-cluster: $(READY)
	tests/cluster/run.sh $(BIN)/python

# The suite on Python 3.14 and later, in a chroot of Debian sid: make test-sid SID=/folder/for/it, as root.
test-sid:
	tests/sid.sh $(SID)

# The suite on every Python that is here, with the lowest versions we say we take, the newest, and the whoosh of 2016.
test-all: $(READY)
	@for version in $(PYTHONS); do \
		if python$$version -c '' 2>/dev/null; then \
			echo "== Python $$version"; $(MAKE) --no-print-directory test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
		else echo "== Python $$version is not here: skipped"; fi; done
	@for resolution in lowest-direct highest; do \
		echo "== $$resolution versions"; $(PYTHON) -m venv .venv-$$resolution && \
		$(BIN)/python -m pip install -q uv && \
		$(BIN)/uv pip install -q --compile-bytecode --python .venv-$$resolution --resolution $$resolution -r pyproject.toml --group dev && \
		$(BIN)/uv pip install -q --python .venv-$$resolution --no-deps --editable . && \
		.venv-$$resolution/bin/python $(PYTEST) || exit 1; done
	@echo "== Whoosh 2.7.4"; $(MAKE) --no-print-directory test-classic-whoosh
	@if [ -n "$(SID)" ]; then echo "== Python of Debian sid"; $(MAKE) --no-print-directory test-sid; \
	else echo "== Python of Debian sid: skipped; SID=/folder/for/it makes a chroot of it, as root"; fi

lint: $(READY)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	@if $(CARGO) --version >/dev/null 2>&1; then \
		$(CARGO) fmt --check $(CRATE) && $(CARGO) clippy --quiet --locked $(CRATE) -- --deny warnings; \
	else echo "no cargo here: native/ was not looked at"; fi

# Says which names of the API pyright finds without a complete type, as it sees an installed wheel.
types: $(READY)
	@rm -rf build/types && $(BIN)/python -m pip install -q pyright && \
		$(BIN)/python -m pip install -q --no-deps --target build/types . && \
		cd build && (PYTHONPATH=types ../$(BIN)/python -m pyright --verifytypes khabarjoo --ignoreexternal --outputjson \
		> types.json; ../$(BIN)/python ../tests/api_types.py types.json)

# Writes the reference of the command line and the man page from the commands' own help, and builds the site of the docs.
docs: reference
	@$(BIN)/python -m pip install -q uv && $(BIN)/uv pip install -q --python $(BIN)/python --group docs
	$(BIN)/python docs/make_site.py

reference: $(READY)
	$(BIN)/python docs/make_cli.py

# Writes the versions development uses, for every Python we support, into one file.
lock: $(READY)
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group dev pyproject.toml \
		--no-annotate --no-header --generate-hashes -o requirements-dev.lock

# Where hazm says that it does not install (Python 3.14 and later), only its word lists are needed, and nothing it needs.
HAZM = sed -n '/^hazm==.*3\.14/,/[^\\]$$/p' requirements-dev.lock | sed 's/ ;[^\\]*\\/ \\/' > $(VENV)/hazm.txt && \
	$(BIN)/python -m pip install --quiet --no-deps --ignore-requires-python -r $(VENV)/hazm.txt

DEPENDENCIES = $(VENV)/.dependencies

$(DEPENDENCIES): pyproject.toml requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
		"Khabarjoo needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@echo "setting up $(VENV) (once; a minute or so) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@if ! $(BIN)/python -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("hazm"))'; then $(HAZM); fi
	@touch $@

# With cargo at hand this builds the kernel too.
$(READY): $(DEPENDENCIES) $(wildcard native/Cargo.* native/src/*.rs)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

clean:
	rm -rf native/target khabarjoo/_native*.so .venv .venv-classic build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
