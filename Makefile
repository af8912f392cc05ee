# Two commands do everything, set-up included: `make demo` and `make test`. Both are quick to repeat.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= /usr/bin/python3
export PYTHON

# What the lab's routers and the tests run, by the names Debian 12 gives them.
DEBIAN_PACKAGES := frr frr-pythontools netconfd openssh-server openssh-client iproute2 iputils-ping nftables postgresql \
                   python3-venv procps chrony chromium fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 \
                   libharfbuzz-subset0
# The lab's name servers and resolvers; tests and benchmarks of zones run them too.
NAME_SERVERS := bind9 bind9-utils knot nsd unbound
export DEBIAN_PACKAGES

.PHONY: help setup packages name-servers demo test lint docs bench locks lab-up lab-down clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-14s %s\n", $$1, $$2 }'

demo: packages name-servers setup ## the main job on a lab of real daemons, from validate to verified; KEEP=1 leaves the lab up
	@scripts/demo

test: packages name-servers ## install what is missing and run all tests, the live ones included
	@scripts/setup test
	@scripts/test

setup: ## Python packages of the locks into .venv, and netctl with them
	@scripts/setup runtime

packages: ## Debian packages by name; needs root
	@scripts/debian-packages $(DEBIAN_PACKAGES) || [ $$? -eq 3 ]

name-servers:
	@scripts/debian-packages $(NAME_SERVERS) || [ $$? -eq 3 ]

lint: ## ruff, mypy, pyright and import-linter
	@scripts/setup test
	@scripts/lint

docs: setup ## write the generated pages of docs/ anew: commands, errors, settings
	@.venv/bin/python -m netctl.cli.reference docs
	@.venv/bin/python -m netctl.web.api.operations docs

bench: packages name-servers ## the figures: speed beside peers measured in the same run
	@scripts/setup bench
	@scripts/bench

lab-up: packages name-servers setup ## raise the network in this folder as a lab
	@.venv/bin/netctl lab up

lab-down: setup ## take that lab down
	@.venv/bin/netctl lab down

locks: ## make requirements/*.lock anew from pyproject.toml (needs pip-compile)
	@scripts/locks

clean: ## remove what make and the tests made, except .venv
	@rm -rf .build .demo dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
