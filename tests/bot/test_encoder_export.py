"""The server's vectors are sentence-transformers' vectors, but for 8-bit weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot import encoder, encoder_export
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


def test_vectors_are_near_those_of_sentence_transformers() -> None:
    ours = Encoder.load().encode(TEXTS)
    theirs = packaged_model().encode(TEXTS, normalize_embeddings=True)
    assert ours.shape == (len(TEXTS), DIMENSIONS)
    assert (np.sum(ours * theirs, axis=1) > 0.97).all()


def test_before_they_are_shrunk_they_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_export, "shrink", lambda file: None)
    encoder_export.export(tmp_path / "whole")
    place = tmp_path / "whole"
    whole = Encoder(encoder._open_session(place), encoder._open_tokenizer(place), place)
    theirs = packaged_model().encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(whole.encode(TEXTS), theirs, atol=1e-5)


def test_the_shrunk_file_is_smaller() -> None:
    small = Encoder.load()._folder / encoder_export.ONNX_FILE
    assert small.stat().st_size < 75e6


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
