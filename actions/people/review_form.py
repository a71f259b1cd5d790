"""The form that takes a review: of which product, how many stars, and a few words."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.form import OUTCOME, GuidedForm, Slots, yes_or_no
from actions.heard import Heard
from actions.language.item_choice import Listed, choose
from actions.language.number_words import number
from actions.orders.order_forms import is_aside
from actions.people.feedback import BEST, Rating, bare_stars, has_content, is_asked_for_stars, read_rating
from actions.people.rating_form import is_other_wish
from actions.shopping.goods import named_products
from actions.turn import Turn
from crm_store import reviews
from crm_store.models import Product

PRODUCT, STARS, WORDS = "review_product", "review_stars", "review_words"
"""Slots: the product's name, 1 to 5, and what was said (empty: nothing)."""

HOW, NOTHING, OTHER, SERVICE = "how", "nothing", "other", "service"
"""Outcomes: only a question; nothing to review; another wish came instead of words; the stars are for us."""

MANY: Final = 100
_HOW: Final = re.compile(
    r"^\W*(?:how|where|why|when|who|which|do (?:i|you)|does|is|are)\b"
    r"|\b(?:my review (?:is|isn)|edit|delete|change)\b",
    re.IGNORECASE,
)
_ENOUGH: Final = 7
"""Words with which a wish is a review already."""


class ReviewForm(GuidedForm):
    """Only what was delivered and not reviewed yet can be chosen."""

    form = "review_form"
    slots = (PRODUCT, STARS, WORDS)
    own_intents = frozenset({"leave_review"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The product, the stars and the words that the wish itself holds."""
        if _HOW.search(heard.text):
            return {OUTCOME: HOW}
        if bare_stars(heard) is not None and await is_asked_for_stars(turn):
            return {OUTCOME: SERVICE}
        if turn.verified_id is None:
            return {}
        own = await reviews.reviewable(turn.session, customer_id=turn.verified_id, limit=MANY)
        if not own:
            return {OUTCOME: NOTHING}
        filled: Slots = await _product(turn, heard, own, say) or {}
        rating = read_rating(heard.entity("rating"))
        if rating is not None and (stars := _stars(rating)):
            filled[STARS] = stars
        if (
            filled.keys() >= {PRODUCT, STARS}
            and len(heard.text.split()) >= _ENOUGH
            and has_content(heard.text)
        ):
            filled[WORDS] = heard.text
        return filled

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """Which product, how many stars, or the words; at the words every text is one."""
        if turn.verified_id is None:
            return {}
        if requested == WORDS:
            if is_other_wish(heard):
                return {OUTCOME: OTHER}
            nothing = yes_or_no(heard) is False or heard.entity("code") == "none" or not heard.text.strip()
            return {WORDS: "" if nothing else heard.text}
        if requested == STARS:
            return None if is_aside(heard, ReviewForm) else _read_stars(heard)
        own = await reviews.reviewable(turn.session, customer_id=turn.verified_id, limit=MANY)
        found = await _product(turn, heard, own, say)
        return None if found is None and is_aside(heard, ReviewForm) else found

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """Product, stars, words; nothing for a stranger."""
        if turn.verified_id is None:
            return None
        return next((slot for slot in self.slots if state[slot] is None), None)


async def _product(turn: Turn, heard: Heard, own: list[Product], say: CollectingDispatcher) -> Slots | None:
    """The product that is named or picked from the list; says so when it is none that can be reviewed."""
    ids = {product.id for product in own}
    named = await named_products(turn, heard)
    theirs = [product for product in named if product.id in ids]
    if len(theirs) == 1:
        return {PRODUCT: theirs[0].name}
    if heard.text and not named:
        shown = [Listed(place, product.name) for place, product in enumerate(own)]
        picked = choose(heard.text, shown, strict=True).picked
        if len(picked) == 1:
            return {PRODUCT: own[picked[0]].name}
    if named and not theirs:
        say.utter_message(response="utter_review_not_yours", product=named[0].name)
        return {PRODUCT: None}
    return {PRODUCT: None} if theirs else None


def _stars(rating: Rating) -> int | None:
    """Stars of five, of whatever scale they were given in; none for a zero."""
    return round(rating.points * BEST / rating.of) or None


def _read_stars(heard: Heard) -> Slots | None:
    typed = heard.entity("rating") or heard.text
    plain = number(typed.strip().lower().removesuffix(" stars").removesuffix(" star"))
    rating = Rating(plain, BEST) if plain and plain <= BEST else read_rating(heard.entity("rating"))
    if rating is None and (bare := re.fullmatch(r"\W*([1-5])\W*(?:stars?|/ ?5)?\W*", heard.text)):
        rating = Rating(int(bare[1]), BEST)
    stars = _stars(rating) if rating else None
    return {STARS: stars} if stars else None
