"""What is said about sizes: where a size comes from, and what it is called elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from actions.language.phrases import listed
from actions.shopping.measures import Measures
from actions.shopping.size_chart import Advice, chart, shoe_row
from crm_store.fits import TOO_SMALL, Fit

_SYSTEMS = {"uk": "UK", "us_men": "US (men's)", "us_women": "US (women's)", "eu": "EU"}


def elsewhere(eu: str) -> str:
    """`EU 44 (UK 9.5, US men's 10.5, women's 12, for a foot of 27.8 cm)`."""
    row = shoe_row(eu)
    if row is None:
        return f"EU {eu}"
    other = f"UK {row['uk']}, US men's {row['us_men']}, women's {row['us_women']}"
    return f"EU {eu} ({other}, for a foot of {row['foot_cm']} cm)"


def chart_words(advice: Advice | None, measures: Measures, shoes: bool) -> str:
    """What the chart was asked, and whether it was between two."""
    if advice is None:
        return ""
    asked = listed(_said(measures, shoes))
    if len(advice.sizes) > 1:
        return f"By our size chart, {asked} lies between {advice.sizes[0]} and {advice.sizes[1]}."
    return f"That's what our size chart says for {asked}."


def _said(measures: Measures, shoes: bool) -> list[str]:
    if shoes:
        if measures.foot:
            return [f"a foot of {measures.foot:.4g} cm"]
        system, number = measures.shoe or ("eu", 0.0)
        return [f"{_SYSTEMS[system]} {number:g}"]
    if measures.chest or measures.waist:
        given = {"chest": measures.chest, "waist": measures.waist}
        return [f"a {part} of {value:.0f} cm" for part, value in given.items() if value]
    if measures.weight or measures.height:
        tall = [f"{measures.height:.0f} cm"] if measures.height else []
        return [*tall, *([f"{measures.weight:.0f} kg"] if measures.weight else [])]
    return [f"a UK {measures.plain:g}"]


def was_wrong(fit: Fit) -> str:
    """Why another size than theirs."""
    how = "too small" if fit.verdict == TOO_SMALL else "too large"
    return f"You sent the {fit.product.name} back in {fit.size} because it was {how}."


def kept_it(fit: Fit) -> str:
    """Why this size: it fitted before."""
    return f"You kept the {fit.product.name} in {fit.size}."


def sizes_like(worn: Sequence[Fit], *, shoes: bool) -> list[str]:
    """Every size of the kind, smallest first."""
    if not worn:
        return []
    return [row["eu"] for row in chart("footwear")] if shoes else [row["size"] for row in chart("clothes")]
