"""The encoder: the same meaning is near, any text is taken, the export happens once."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from bot import encoder_export
from bot.encoder import DIMENSIONS, Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_one_encoder_a_process(encoder: Encoder) -> None:
    assert Encoder.load() is encoder


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["where is my parcel", "do you take cards?", ""])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)


def test_no_texts_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_the_same_meaning_is_nearer_than_another(encoder: Encoder) -> None:
    asked, same, other = encoder.encode(
        ["where is my parcel", "has my order been delivered yet", "how do you boil an egg"]
    )
    assert asked @ same > asked @ other + 0.2


def test_company_in_a_batch_changes_nothing(encoder: Encoder) -> None:
    alone = encoder.encode(["a lonely text about boots"])[0]
    beside = Encoder(encoder._session, encoder._tokenizer, encoder._folder).encode(
        ["a lonely text about boots", "and a much longer one, which makes the batch wider than it would be"]
    )[0]
    assert alone @ beside == pytest.approx(1, abs=1e-4)


def test_a_repeated_text_is_not_encoded_again(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = encoder.encode(["say it again"])
    monkeypatch.setattr(encoder, "_encode", lambda texts: pytest.fail(f"encoded again: {texts}"))
    assert (encoder.encode(["say it again", "say it again"]) == first).all()


@pytest.mark.parametrize(
    "text",
    ["\0", "\ud83d", "x\udc80y", "😀" * 5000, "a" * 100_000, "word " * 20_000, "\u202e\u0301\ufeff", "\n\t "],
)
def test_any_text_is_taken(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_it_knows_english_words(encoder: Encoder) -> None:
    words = encoder.words()
    assert {"parcel", "return", "boots"} <= words
    assert not {"prcel", "retrun"} & words


def test_kept_vectors_are_encoded_once(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Encoder(encoder._session, encoder._tokenizer, tmp_path)
    first = mine.encode_kept(["one", "two"], "numbers")
    fresh = Encoder(encoder._session, encoder._tokenizer, tmp_path)
    monkeypatch.setattr(fresh, "_encode", lambda texts: pytest.fail(f"encoded again: {texts}"))
    assert (fresh.encode_kept(["one", "two"], "numbers") == first).all()
    assert [file.name for file in tmp_path.iterdir()] == ["numbers.npz"]


def test_kept_vectors_follow_the_texts(encoder: Encoder, tmp_path: Path) -> None:
    mine = Encoder(encoder._session, encoder._tokenizer, tmp_path)
    mine.encode_kept(["one", "two"], "numbers")
    changed = mine.encode_kept(["one", "three"], "numbers")
    assert changed[1] @ mine.encode(["three"])[0] == pytest.approx(1, abs=1e-4)


class PackagedModel:
    """Stands for the model in sentence-transformers: saving writes its one file, when everybody is ready."""

    def __init__(self, everybody: threading.Barrier) -> None:
        self._everybody = everybody

    def save_pretrained(self, folder: str, **options: object) -> None:
        file = Path(folder) / encoder_export.ONNX_FILE
        file.parent.mkdir(parents=True)
        file.write_bytes(b"onnx")
        self._everybody.wait(timeout=10)


def test_two_exports_at_once_leave_one_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = threading.Barrier(2)
    monkeypatch.setattr(encoder_export, "shrink", lambda file: None)
    monkeypatch.setattr(encoder_export, "packaged_model", lambda **options: PackagedModel(everybody))
    failures: list[BaseException] = []

    def export() -> None:
        try:
            encoder_export.export(tmp_path / "model")
        except BaseException as failure:
            failures.append(failure)

    exports = [threading.Thread(target=export) for _ in range(2)]
    for thread in exports:
        thread.start()
    for thread in exports:
        thread.join()
    assert failures == []
    assert (tmp_path / "model" / encoder_export.ONNX_FILE).read_bytes() == b"onnx"
    assert [file.name for file in tmp_path.iterdir()] == ["model"]
