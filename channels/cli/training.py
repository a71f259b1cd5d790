"""`aftersale train` and `aftersale nlu-test`."""

from __future__ import annotations

from typing import Annotated

import typer

from channels.cli.common import err, fail, out


def train(
    force: Annotated[bool, typer.Option(help="Train even when the model for this data is there.")] = False,
) -> None:
    """Train the dialogue model, unless there is one for the present training data."""
    out.print(f"Model: {trained(force=force)}")


def trained(*, force: bool = False) -> str:
    """The name of the model for the present training data, trained first where there is none."""
    from bot import training
    from channels.settings import PROJECT

    with err.status("Looking for the model") as status:
        try:
            model = training.train(PROJECT, force=force, on_progress=lambda step: status.update(step))
        except training.TrainingFailed as problem:
            fail(str(problem))
    return model.name


def nlu_test() -> None:
    """Measure how well intents and entities are recognised, by cross-validation (minutes)."""
    from bot import evaluation

    evaluation.main()
