"""Making the exported encoder small and quick: its large weights become 8-bit numbers.

The outputs of a layer's second feed-forward step have outliers that 8 bits cannot hold, so that step keeps
its floats. Weights use 7 of the 8 bits: processors without VNNI add two products in 16 bits, and would
overflow (ONNX Runtime's documentation of `reduce_range`). What it costs and gains is measured in
docs/decisions/0013-eight-bit-encoder.md.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def shrink(file: Path) -> None:
    """Rewrite the ONNX file with 8-bit weights."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    products = [node.name for node in onnx.load(file).graph.node if node.op_type == "MatMul"]
    with _without_advice():
        quantize_dynamic(
            file,
            file,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[name for name in products if _has_outliers(name)],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )


def _has_outliers(product: str) -> bool:
    """Whether this is a layer's second feed-forward step (the attention's output is named alike)."""
    return "/output/dense/" in product and "/attention/" not in product


@contextmanager
def _without_advice() -> Iterator[None]:
    """The quantizer advises a preparation that would give the products other names."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)
