# Aftersale. `make help` explains every target.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= 2
.DEFAULT_GOAL := help
.PHONY: help env run train chat shell test lint format bench nlu-test screenshots lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

env: ## Make or refresh .venv from requirements.lock
	@"$(PYTHON)" tools/bootstrap.py

run: env ## Start everything: environment, model, demo shop, server on 127.0.0.1:8000
	@$(BIN)/aftersale train
	@$(BIN)/aftersale serve

train: env ## Train the bot (only what changed since the last time)
	@$(BIN)/aftersale train

chat: env ## Talk to the bot in the terminal
	@$(BIN)/aftersale train
	@$(BIN)/aftersale chat

test: env ## Run every test, in parallel
	@$(BIN)/aftersale train
	@$(BIN)/python -m pytest -n $(WORKERS)

lint: env ## Check style (ruff) and types (mypy --strict)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: env ## Put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: env ## Measure speed, memory and start-up, and print a table
	@$(BIN)/aftersale train
	@$(BIN)/python -m bench

nlu-test: env ## Print intent and entity scores by cross-validation
	@$(BIN)/aftersale nlu-test

shell: env ## Rasa's own interactive shell for the model's understanding
	@$(BIN)/python -m tools.rasa_cli shell nlu --model models

screenshots: env ## Take the pictures in docs/images/ anew (needs Chromium)
	@$(BIN)/python tools/screenshots.py

lock: env ## Write requirements.lock anew (needs uv)
	@$(BIN)/python tools/lock.py

clean: ## Remove the environment, the models and the caches (not your data in var/)
	@rm -rf .venv models .rasa .pytest_cache .mypy_cache .ruff_cache
