"""What can be had in exchange: the sizes and colours of the product that the web shop still has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from actions.language.phrases import Button, button, listed
from actions.shopping.variant_choice import ONE_SIZE, Wish, colors_of, size_rank, sizes_of
from actions.turn import Turn
from crm_store import catalogue
from crm_store.models import Variant
from crm_store.models.product import WEB_LOCATION

MAX_OFFERED: Final = 5


@dataclass(frozen=True)
class Shelf:
    """The variants of the product of `own`, which goes back, and those of which `stock` has enough."""

    own: Variant
    variants: Sequence[Variant]
    in_stock: Sequence[Variant]
    lean: int = 0
    """1 when larger sizes are wanted, -1 when smaller ones are."""

    @property
    def others(self) -> list[Variant]:
        """What is in stock and differs from what goes back, the likeliest wish first."""
        return self._nearest(self.own.size, self.own.color, self.lean)

    def near(self, variant: Variant) -> list[Variant]:
        """What is in stock, the most like `variant` first."""
        return self._nearest(variant.size, variant.color, 0)

    def _nearest(self, size: str, color: str, lean: int) -> list[Variant]:
        different = [variant for variant in self.in_stock if variant.id != self.own.id]
        return sorted(different, key=lambda variant: self._distance(variant, size, color, lean))

    def find(self, wish: Wish) -> Variant | None:
        """The variant wished for; what was not named stays as it is. None: it is not made."""
        size = self.own.size if wish.size is None else wish.size
        color = self.own.color if wish.color is None else wish.color
        fits = (variant for variant in self.variants if (variant.size, variant.color) == (size, color))
        return next(fits, None)

    def has(self, variant: Variant) -> bool:
        """Whether there is enough of it."""
        return any(one.id == variant.id for one in self.in_stock)

    def called(self, variant: Variant) -> str:
        """What tells a variant from the others: `size 43 in black`."""
        size = f"size {variant.size}" if variant.size not in ONE_SIZE else ""
        return " in ".join(part for part in (size, variant.color) if part) or variant.product.name

    def options(self) -> str:
        """What is in stock: `grey: 41, 42; black: 43`. Of many colours, only the nearest three."""
        by_color: dict[str, list[str]] = {}
        for variant in self.others:
            by_color.setdefault(variant.color, []).append(variant.size)
        lines = [_of_color(color, sizes) for color, sizes in list(by_color.items())[:3]]
        more = list(by_color)[3:]
        return "; ".join([*lines, *([f"also {listed(more)}"] if more else [])])

    def buttons(self, variants: Sequence[Variant]) -> list[Button]:
        """A button for each, as many as fit."""
        return [self._button(variant) for variant in variants[:MAX_OFFERED]]

    def _button(self, variant: Variant) -> Button:
        named = {"size": "" if variant.size in ONE_SIZE else variant.size, "color": variant.color}
        called = self.called(variant)
        title = "The same again" if variant.id == self.own.id else called[:1].upper() + called[1:]
        return button(title, "inform", **{name: value for name, value in named.items() if value})

    def _distance(self, variant: Variant, size: str, color: str, lean: int) -> float:
        sizes, colors = sizes_of(self.variants), colors_of(self.variants)
        steps = sizes.index(variant.size) - sizes.index(size) if size in sizes else 0
        other = 0.0 if variant.color == color else 1 + 0.1 * colors.index(variant.color)
        if lean:
            # Who finds it too small does not want the same size in another colour, still less a smaller one.
            return abs(steps) + other + (0.0 if steps * lean > 0 else 2.0 if not steps else 4.0)
        # Who asked for a size wants that size rather than that colour.
        return 1.5 * abs(steps) + other + (1.0 if steps and other else 0.0)


def bought_as(variant: Variant | None) -> str:
    """A variant as it stands on an order: `Errigal Hiking Boots, black, 43`; empty for none."""
    if variant is None:
        return ""
    size = "" if variant.size in ONE_SIZE else variant.size
    return ", ".join(part for part in (variant.product.name, variant.color, size) if part)


async def load_shelf(turn: Turn, own: Variant, quantity: int) -> Shelf:
    """The product's variants, and which of them the warehouse has `quantity` of."""
    variants = await catalogue.variants_of(turn.session, product_id=own.product_id)
    stock = await catalogue.stock_at(
        turn.session, variant_ids=[variant.id for variant in variants], location_slug=WEB_LOCATION
    )
    return Shelf(own, variants, [variant for variant in variants if stock[variant.id] >= quantity])


def _of_color(color: str, sizes: Sequence[str]) -> str:
    plain = [size for size in sorted(sizes, key=size_rank) if size not in ONE_SIZE]
    return ": ".join(part for part in (color, ", ".join(plain)) if part)
