# Everything goes through `python3 -m scripts`, which needs nothing but Python 3.11 or newer.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
SCRIPTS = @exec $(or $(PYTHON),python3) -m scripts

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench schema lock services stop clean reset

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | awk -F '\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: ## Set up and run everything; PORT= and HOST= choose the address, Ctrl-C stops it
	$(SCRIPTS) run

test: ## All checks and tests; ends with "N passed, N failed, N skipped"
	$(SCRIPTS) test

lint: ## Only the checks that read the sources: style, types, import contracts, container files
	$(SCRIPTS) lint

format: ## Bring Python and TypeScript into the common form
	$(SCRIPTS) format

bench: ## Measure speed and quality, beside other programs in the same run
	$(SCRIPTS) bench

schema: ## Write the OpenAPI schema and the TypeScript types generated from it
	$(SCRIPTS) schema

lock: ## Resolve requirements*.in into hash-pinned requirements*.txt (needs uv)
	$(SCRIPTS) lock

services: ## Start only PostGIS and Redis, and print the variables that reach them
	$(SCRIPTS) services

stop: ## Stop a running system, PostGIS and Redis of this checkout
	$(SCRIPTS) stop

clean: ## Remove what the next start builds again (.venv, node_modules, builds, caches); data stays
	$(SCRIPTS) clean

reset: ## Remove the private database, Redis and uploads of this checkout
	$(SCRIPTS) reset
