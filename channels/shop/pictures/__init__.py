"""The shop's pictures, drawn in the colour one can buy."""

from channels.shop.pictures.drawing import draw, is_drawn

__all__ = ["draw", "is_drawn"]
