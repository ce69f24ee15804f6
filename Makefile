# `make` alone lists the verbs. Each sets up what it needs; see dev.py.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fmt lint types imports schema migration bench

help: ## List the verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Packages, tools, the built web app
	@python3 dev.py setup

demo: ## The demo: shop, journeys, mailbox
	@python3 dev.py demo

run: setup ## An instance of your own, in ./sojourn-data
	@.venv/bin/sojourn up

test: ## All tests, on SQLite and on real PostgreSQL and Redis
	@python3 dev.py test

check: ## May I push? Format, lint, types, imports, web app, tests
	@python3 dev.py check

fmt: ## Format, and mend what can be mended
	@python3 dev.py fmt

lint: setup ## Ruff alone
	@.venv/bin/ruff check .

types: setup ## mypy alone
	@.venv/bin/mypy

imports: setup ## The import contracts alone
	@.venv/bin/lint-imports

schema: setup ## Write what is made from the models: JSON Schema, reference, TypeScript
	@.venv/bin/python -m engine.journeys.schema > schema/journey.schema.json
	@.venv/bin/python -m engine.journeys.reference > docs/journey-reference.md
	@cd builder_ui && npm run generate

migration: setup ## A new migration from the models: make migration m="what changes"
	@.venv/bin/python -m migrations.write "$(m)"

bench: ## Measure
	@python3 dev.py bench journey
