# Two commands matter: `make session` runs the main job, `make test` the tests.
# Not to start, for safety, is no failure of the first.
# Each makes its own environment, so that neither can borrow from the other.

PYTHON ?= python3
PIP = -m pip --disable-pip-version-check install --quiet
SOURCES = pyproject.toml hatch_build.py README.md $(shell find src bodymap data shell -type f -not -path "data/pictures/*" -not -name '*.pyc')
HASHED = $(PIP) --require-hashes --only-binary :all: --requirement

.PHONY: session check test coverage soak bench mutants pictures docs dist pins clean

session: .venv/installed
	@.venv/bin/acupress session lower-back || [ $$? -eq 3 ]
	@echo "Next: type .venv/bin/acupress session; after pipx install . that is acupress session."

check: build/tools/installed
	build/tools/bin/ruff check .
	build/tools/bin/ruff format --check .
	build/tools/bin/mypy
	build/tools/bin/mypy --platform darwin
	build/tools/bin/mypy --platform win32 src tests/windows
	build/tools/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	build/tools/bin/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	build/tools/bin/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	build/tools/bin/zizmor --offline --strict-collection --no-progress --quiet .github
	! command -v actionlint > /dev/null || actionlint
	! grep --line-number '://' requirements/*.txt

# The tests see the wheel as it is installed, never src/ or data/.
# Four at once, also on two cores: many tests wait for a terminal.
test: build/wheel/installed
	build/wheel/bin/python -m pytest --numprocesses 4

# Of the program, in the tests' own process and in those that they start. Left out are
# the tests of what a command costs and imports, which coverage would change.
coverage: build/wheel/installed
	build/wheel/bin/python -m pytest --numprocesses 4 --quiet --ignore tests/test_speed.py --ignore tests/test_layers.py --cov --cov-report=term:skip-covered

soak: build/wheel/installed
	build/wheel/bin/python -m pytest -m soak

# With README=1 the tables go into docs/speed.md, too.
bench: build/wheel/installed build/peers/installed
	build/wheel/bin/python benchmarks $(if $(README),docs/speed.md)

# Changes the pure core a little, again and again, and lists what no test notices.
# ONLY names what to change, such as ONLY='acupress.session.planning*'; without it
# this takes hours.
mutants: build/mutants/installed
	build/mutants/bin/mutmut run $(if $(ONLY),'$(ONLY)') > /dev/null
	build/mutants/bin/mutmut results | grep -v 'not checked'

# For a checkout, which has no pictures otherwise: a wheel is built with its own.
pictures: build/wheel/tools
	PYTHONPATH=src:. build/wheel/bin/python -m bodymap data/pictures

# What of docs/ is made from the program: two pages, and the pictures of the README.
docs: build/wheel/installed
	PYTHONPATH=. build/wheel/bin/python -m shell docs
	build/wheel/bin/python tools/record.py docs

# What a release consists of. The wheel is the same, byte for byte, whether it was
# built from the checkout or from the source archive.
dist: build/wheel/tools
	rm -rf dist build/again
	build/wheel/bin/python -m hatchling build
	build/wheel/bin/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir build/again dist/*.tar.gz
	cmp dist/*.whl build/again/*.whl

pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --constraint requirements/held.txt --output-file requirements/run.txt pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --constraint requirements/held.txt --extra dev --output-file requirements/dev.txt pyproject.toml
	printf 'uv\npyinstaller\n' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements/release.txt -

clean:
	rm -rf .venv build dist mutants data/pictures

.venv/installed: requirements/run.txt $(SOURCES)
	@echo "Installing acupress into .venv: this takes a minute."
	@echo "1/3 environment"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "2/3 libraries"
	@.venv/bin/python $(HASHED) requirements/run.txt
	@echo "3/3 acupress"
	@.venv/bin/python $(PIP) --no-deps --force-reinstall .
	@touch $@

# Programs of the same kind, for `make bench` to measure in the same run.
build/peers/installed:
	$(PYTHON) -m venv build/peers
	build/peers/bin/python $(PIP) eg tldr termdown
	touch $@

# Apart from the tools: mutmut brings much, and nothing else needs it.
build/mutants/installed: requirements/dev.txt
	$(PYTHON) -m venv build/mutants
	build/mutants/bin/python $(HASHED) requirements/dev.txt
	build/mutants/bin/python $(PIP) mutmut
	touch $@

build/tools/installed: requirements/dev.txt
	$(PYTHON) -m venv build/tools
	build/tools/bin/python $(HASHED) requirements/dev.txt
	touch $@

build/wheel/tools: requirements/dev.txt
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python $(HASHED) requirements/dev.txt
	touch $@

build/wheel/installed: build/wheel/tools $(SOURCES)
	rm -rf build/dist
	build/wheel/bin/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir build/dist .
	build/wheel/bin/python $(PIP) --no-deps --force-reinstall build/dist/*.whl
	touch $@
