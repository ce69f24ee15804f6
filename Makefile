# `make` alone lists the verbs. Each sets up what it needs; see dev.py.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fmt lint types imports schema migration bench sim shots
BIN := $(or $(SOJOURN_VENV),.venv)/bin

help: ## List the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Packages, tools, the built web app
	@python3 dev.py setup

demo: ## The demo: shop, journeys, mailbox
	@python3 dev.py demo

run: setup ## An instance of your own, in ./sojourn-data
	@$(BIN)/sojourn up

test: ## All tests, on SQLite and on real PostgreSQL and Redis
	@python3 dev.py test

check: ## May I push? Style, types, imports, web app, tests
	@python3 dev.py check

fmt: ## Format, and mend what can be mended
	@python3 dev.py fmt

lint: setup ## Ruff alone
	@$(BIN)/ruff check .

types: setup ## mypy alone
	@$(BIN)/mypy

imports: setup ## The import contracts alone
	@$(BIN)/lint-imports --no-logo

schema: setup ## Write what is made from the models: JSON Schema, TypeScript, pages
	@$(BIN)/python -m engine.journeys.reference.schema > schema/journey.schema.json
	@$(BIN)/python -m engine.journeys.reference.schema test > schema/journey-test.schema.json
	@$(BIN)/python -m engine.journeys.reference.schema catalogue > schema/journey-catalogue.schema.json
	@$(BIN)/python -m engine.rules.operator_table > schema/operators.json
	@$(BIN)/python -m engine.journeys.reference.fields > docs/journey-reference.md
	@$(BIN)/python -m engine.journeys.reference.reasons_page > docs/reasons.md
	@$(BIN)/python -m engine.journeys.reference.reasons_page json > schema/reasons.json
	@$(BIN)/python -m engine.rules.truth_table > docs/truth_table.md
	@$(BIN)/python -m server.settings_page
	@$(BIN)/python -m server.openapi_page
	@$(BIN)/python -m tests.rules
	@cd builder_ui && npm run --silent generate

migration: setup ## What the models have and the schema has not: make migration m="what changes"
	@$(BIN)/python -m migrations.write "$(m)"

sim: ## Journeys, events and deaths by chance, for as long as you like
	@python3 dev.py sim

bench: ## Measure the main job
	@python3 dev.py bench

shots: ## Pictures of every screen, in ./shots
	@python3 dev.py shots
