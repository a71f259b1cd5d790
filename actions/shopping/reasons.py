"""Why a product suits a wish: what the catalogue says of it and was asked for. Nothing is made up."""

from __future__ import annotations

from typing import Final

from actions.language.phrases import listed
from actions.shopping.suggestions import as_catalogued
from crm_store import matching
from crm_store.models import Product

_MEANS: Final = {
    "warm": "warmth warmer cosy cozy snug cold chilly freezing frozen toasty heat",
    "waterproof": "rainproof watertight wet soaked soaking dry bog boggy puddle",
    "rain": "rainy raining wet shower showers drizzle",
    "hiking": "hike hiker hikes hill hills hillwalker hillwalking walk walks walker walking trek camino"
    " mountain mountains trail",
    "walking": "walk walks walker",
    "running": "run runs runner jog jogging jogger marathon",
    "camping": "camp camper tent outdoors scouts festival woods wild",
    "cycling": "cycle cyclist commute",
    "trekking": "trek camino expedition",
    "gift": "present birthday santa christmas wedding housewarming",
    "sleeping": "sleep asleep night nights nap",
    "cooking": "cook cooks meal meals food",
    "swim": "swimming swimmer sea beach",
    "climbing": "climb climber scramble",
    "light": "lightweight",
    "travel": "trip travelling traveller holiday flight plane cabin",
    "winter": "january february december snow ice icy",
    "summer": "june july august hot sunny",
    "work": "office",
    "commute": "work office bus",
    "home": "house housewarming sofa couch",
    "garden": "gardener gardening birds bird",
    "everyday": "daily casual",
    "windproof": "wind windy breezy",
    "kayak": "kayaking canoe boat",
}
"""What a tag of the catalogue is also called."""
_ADJECTIVES: Final = frozenset(
    {
        "warm",
        "waterproof",
        "windproof",
        "light",
        "packable",
        "quick-dry",
        "reflective",
        "stretch",
        "insulated",
    }
    | {"cushioned", "wide", "merino", "wool", "down", "fleece", "linen", "cotton", "leather", "steel", "grip"}
    | {"layering", "comfort", "breathable"}
)
_USES: Final = {
    **{
        use: use
        for use in ("hiking", "walking", "running", "camping", "cycling", "trekking", "sleeping", "cooking")
    },
    **{use: use for use in ("climbing", "skiing", "travel", "winter", "summer", "work", "coffee", "rain")},
    "swim": "swimming",
    "kayak": "kayaking",
    "everyday": "every day",
    "commute": "the commute",
    "garden": "the garden",
    "home": "the home",
    "picnic": "picnics",
    "trail": "trails",
    "road": "the road",
}
_FIXED: Final = {"gift": "a good gift", "sale": "reduced"}
_MOST: Final = 3


def asked_tags(text: str) -> frozenset[str]:
    """The tags that the words ask for."""
    said = set(as_catalogued(text).split())
    return (
        frozenset(tag for tag, others in _MEANS.items() if tag in said or said & set(others.split())) | said
    )


def hits(product: Product, asked: frozenset[str]) -> list[str]:
    """The product's tags that were asked for, in the catalogue's order."""
    return [tag for tag in map(str, product.tags) if tag in asked or _same(tag, asked)]


def _same(tag: str, asked: frozenset[str]) -> bool:
    return any(len(word) > 3 and matching.closeness(word, tag) >= 0.9 for word in asked)


def reason(product: Product, asked: frozenset[str]) -> str:
    """`warm and for hiking`; empty where the catalogue says nothing of what was asked."""
    found = hits(product, asked)[:_MOST]
    are = [tag for tag in found if tag in _ADJECTIVES]
    uses = [_USES[tag] for tag in found if tag in _USES]
    fixed = [_FIXED[tag] for tag in found if tag in _FIXED]
    return listed([*are, *([f"for {listed(uses)}"] if uses else []), *fixed])
