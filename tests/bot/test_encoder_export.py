"""The server's vectors are sentence-transformers' vectors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from bot.encoder import DIMENSIONS, Encoder
from bot.encoder_export import packaged_model

TEXTS = [
    "hello",
    "Where is my order A-10042??",
    "",
    "😀",
    "word " * 600,
    "It doesn't fit; can I send it back?",
]


def test_vectors_equal_those_of_sentence_transformers() -> None:
    ours = Encoder.load().encode(TEXTS)
    theirs = packaged_model().encode(TEXTS, normalize_embeddings=True)
    assert ours.shape == (len(TEXTS), DIMENSIONS)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_the_encoder_needs_no_torch() -> None:
    code = (
        "import sys; from bot.encoder import Encoder; Encoder.load().encode(['a']); "
        "print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
