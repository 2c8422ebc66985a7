# The one front door. `make` alone lists the targets.
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --quiet
INSTALLED := .venv/.installed
# Peers live in an environment of their own, so that none of them decides about the course's.
PEERS := .venv-peers/bin/python
PEERS_INSTALLED := .venv-peers/.installed
# Settings of Lab that come before the reader's own, which stay as they are and may say otherwise.
LAB_SETTINGS := $(CURDIR)/cnnlab/notebooks/jupyter
NAMES ?=

.DEFAULT_GOAL := help
.PHONY: help run lab test test-all lint outputs costs cards evidence bench student clean

help: ## list these targets
	@echo "CNN Lab. Targets (NAMES=01 picks notebooks where it makes sense):"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(INSTALLED) ## execute the course on embedded data, HTML in build/html
	@$(PY) -m cnnlab run $(NAMES)

lab: $(INSTALLED) ## open JupyterLab at 00_start_here in work/ (STUDENT=1: without solutions)
	@$(PY) -m cnnlab $(if $(STUDENT),work-student,work)
	@JUPYTER_CONFIG_PATH="$(LAB_SETTINGS)$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" \
	  $(PY) -m jupyterlab --ServerApp.root_dir="$(CURDIR)/work$(if $(STUDENT),/student)" --ip=127.0.0.1 \
	  --LabApp.default_url=/lab/tree/00_start_here.ipynb --LabApp.news_url=None \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $(LAB_FLAGS)

test: $(INSTALLED) ## lint, types, unit tests, notebooks, exercises, a browser: everything that is true
	@$(PY) -m tests.parts test

test-all: $(INSTALLED) ## test, another instruction set, every student copy in a real Lab, make run
	@$(PY) -m tests.parts test-all

lint: $(INSTALLED) ## only the lint of code and notebooks (NAMES=01: of all code and of these notebooks)
	@$(PY) -m tests.parts lint $(NAMES)

outputs: $(INSTALLED) ## re-execute notebooks and store what changed
	@$(PY) -m cnnlab outputs $(NAMES)

costs: $(INSTALLED) ## measure each notebook alone against its cost card
	@OMP_NUM_THREADS=2 $(PY) -m cnnlab costs $(NAMES)

cards: $(INSTALLED) ## write data/README.md from the data sets' cards
	@$(PY) -m cnnlab data-readme

evidence: $(INSTALLED) ## measure what the lessons claim with ten seeds (CHECK=1: three, and say what moved)
	@$(PY) -m cnnlab $(if $(CHECK),check-evidence,evidence) $(NAMES)

bench: $(PEERS_INSTALLED) ## time our methods beside NumPy, SciPy, PyTorch, Lightning and fastai
	@$(PEERS) benchmarks/run.py

student: $(INSTALLED) ## write copies without solutions to build/student
	@$(PY) -m cnnlab student $(NAMES)

clean: ## remove what is built (work/ and .venv stay)
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# TORCH_INDEX=URL takes torch and torchvision from PyTorch's own index of CPU wheels (README).
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python must be 3.11 or newer: install one and name it, as in make run PYTHON=python3.12"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python's venv module must be there: on Debian or Ubuntu, apt install python3-venv"; exit 1; }
	@echo "Installing the course into .venv (once, a few minutes)"
	@$(if $(TORCH_INDEX),$(PIP) --constraint constraints.txt --index-url $(TORCH_INDEX) torch torchvision)
	@$(PIP) --constraint constraints.txt --editable ".[lab,test]"
	@touch $(INSTALLED)

$(PEERS_INSTALLED): pyproject.toml constraints.txt benchmarks/peers.txt
	@test -x $(PEERS) || $(PYTHON) -m venv .venv-peers
	@echo "Installing the peers into .venv-peers (once, a few minutes)"
	@$(if $(TORCH_INDEX),$(PEERS) -m pip install --quiet --constraint constraints.txt --index-url $(TORCH_INDEX) torch torchvision)
	@$(PEERS) -m pip install --disable-pip-version-check --quiet --constraint constraints.txt \
	  --editable . --requirement benchmarks/peers.txt
	@touch $(PEERS_INSTALLED)
