"""Rasa on current libraries: in a clean interpreter it imports, trains, loads and talks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.rasa_compat import MissingPackageError, PlaceholderFinder
from tests.bot.tiny_project import write_tiny_project

ROOT = Path(__file__).parents[2]


def run_clean(folder: Path, *arguments: str) -> str:
    """The output of a new interpreter in `folder`; fails with its error output."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def talk(folder: Path, *lines: str) -> list[str]:
    write_tiny_project(folder)
    output = run_clean(folder, "talk.py", *lines)
    return [line.removeprefix("BOT: ") for line in output.splitlines() if line.startswith("BOT: ")]


def test_a_clean_interpreter_trains_loads_and_talks(tmp_path: Path) -> None:
    assert talk(tmp_path, "hello", "hello") == [
        "Hello there.",
        "That was message 1.",
        "Hello there.",
        "That was message 2.",
    ]


def test_forms_with_in_process_actions_take_answers_digressions_and_changes_of_mind(tmp_path: Path) -> None:
    assert talk(tmp_path, "order", "tea", "weather", "large", "order", "never") == [
        "Which drink?",
        "Which size?",
        "It rains.",
        "Which size?",
        "A large tea, here you are.",
        "Which drink?",
        "Nothing ordered.",
    ]


def test_placeholders_never_shadow_an_installed_package(tmp_path: Path) -> None:
    (tmp_path / "dask.py").write_text("answer = 42\n", encoding="utf-8")
    code = "import bot.rasa_compat, dask; print(dask.answer)"
    assert run_clean(tmp_path, "-c", code).strip() == "42"


def test_a_missing_submodule_of_an_installed_package_stays_an_error() -> None:
    assert PlaceholderFinder().find_spec("numpy.nothing_here", None) is None


def test_a_placeholder_can_be_subclassed_and_says_what_is_missing_when_called() -> None:
    import tensorflow as tf

    class Layer(tf.keras.layers.Layer):
        @tf.function
        def call(self) -> int:
            return 1

    assert Layer().call() == 1
    with pytest.raises(MissingPackageError, match=r"tensorflow\.constant"):
        tf.constant(1, 2)
