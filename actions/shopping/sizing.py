"""Which size? From the size charts, the customer's own words, and what fitted them before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.shopping import sizing_words as words
from actions.shopping.added_detail import with_detail, with_earlier
from actions.shopping.goods import named_product
from actions.shopping.measures import Measures, read_measures
from actions.shopping.size_chart import Advice, clothes_size, neighbour, shoe_size
from actions.shopping.variant_choice import ONE_SIZE, sizes_of
from actions.talk.articles import say_article
from actions.talk.menu import HUMAN, wish_button
from actions.talk.said_button import press
from actions.turn import Turn
from crm_store import fits
from crm_store.fits import KEPT, TOO_LARGE, TOO_SMALL, Fit
from crm_store.models import Product

FOOTWEAR: Final = "footwear"
_FEW_WORDS: Final = 5
_IT: Final = re.compile(r"\b(?:it|its|they|them|that|this|these|those)\b", re.I)
_SHOES: Final = re.compile(
    r"\b(?:shoes?|boots?|foot|feet|sandals?|trainers?|wellies|wellingtons|slippers)\b", re.I
)
_CHILDREN: Final = re.compile(
    r"\b(?:kids?|child(?:ren)?|baby|toddler|daughter|son|granddaughter|grandson|years? old)\b", re.I
)
_ARTICLES: Final = {True: "size-guide-shoes", False: "size-guide-clothes"}


@dataclass(frozen=True)
class _Asked:
    """What the question is about."""

    product: Product | None
    shoes: bool
    measures: Measures

    @property
    def sizes(self) -> list[str]:
        """The product's sizes, smallest first; empty without a product."""
        return sizes_of(self.product.variants) if self.product else []


class SizingHelp(ShopAction):
    """Names a size, says why, and how sure that is; without measures says how to measure."""

    action_name: ClassVar[str] = "action_sizing_help"
    intents: ClassVar[tuple[str, ...]] = ("sizing_help",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer; `and in M?` belongs to the question about stock before."""
        measures = read_measures(heard.text)
        told = measures.of_body or measures.foot or measures.shoe
        short = len(heard.text.split()) <= _FEW_WORDS and not told
        added = with_detail(tracker, heard) if short else None
        if added is not None:
            return await press(added, turn, say, tracker)
        about = with_earlier(tracker, heard) if _IT.search(heard.text) or told else heard
        product = await named_product(turn, about)
        shoes = product.category.slug == FOOTWEAR if product else _is_about_shoes(heard.text, measures)
        await _answer(turn, heard, _Asked(product, shoes, measures), say)
        return []


def _is_about_shoes(text: str, measures: Measures) -> bool:
    return bool(measures.foot or measures.shoe or _SHOES.search(text)) and not measures.of_body


async def _answer(turn: Turn, heard: Heard, asked: _Asked, say: CollectingDispatcher) -> None:
    if asked.product and all(size.casefold() in ONE_SIZE for size in asked.sizes):
        say.utter_message(response="utter_size_one", product=asked.product.name)
        return
    if _CHILDREN.search(heard.text):
        say.utter_message(response="utter_size_children", buttons=[wish_button(HUMAN)])
        return
    advice = shoe_size(asked.measures) if asked.shoes else clothes_size(asked.measures)
    worn = await _worn(turn, asked)
    size, why = _chosen(advice, worn, asked)
    if size is None or (advice and not advice.inside):
        _tell_how_to_measure(turn, heard, asked, outside=advice is not None, say=say)
        return
    say.utter_message(
        response="utter_size_sure" if advice and advice.sure and not why else "utter_size_likely",
        about=f"the {asked.product.name}"
        if asked.product
        else ("shoes" if asked.shoes else "tops and jackets"),
        size=words.elsewhere(size) if asked.shoes else size,
        why=" ".join(part for part in (words.chart_words(advice, asked.measures, asked.shoes), why) if part),
        buttons=_next(asked, size),
    )


def _chosen(advice: Advice | None, worn: Sequence[Fit], asked: _Asked) -> tuple[str | None, str]:
    """The size, and what the customer's own experience says about it; None when nothing tells."""
    charted = _of_two(advice, asked) if advice else None
    sizes = asked.sizes or words.sizes_like(worn, shoes=asked.shoes)
    size = charted or _by_history(worn, sizes)
    if size is None:
        return None, ""
    for fit in worn:
        if fit.verdict == TOO_SMALL and size in sizes and _reaches(sizes, fit.size, size):
            return neighbour(fit.size, sizes, 1) or size, words.was_wrong(fit)
        if fit.verdict == TOO_LARGE and size in sizes and _reaches(sizes, size, fit.size):
            return neighbour(fit.size, sizes, -1) or size, words.was_wrong(fit)
    same = next((fit for fit in worn if fit.verdict == KEPT and fit.size == size), None)
    if same is not None:
        return size, words.kept_it(same)
    return size, "" if charted or not worn else words.was_wrong(worn[0])


def _of_two(advice: Advice, asked: _Asked) -> str:
    """Between two, the larger for shoes and jackets, the smaller for what lies close to the skin."""
    close = asked.product is not None and asked.product.category.slug == "base-layers"
    return advice.sizes[0] if close else advice.sizes[-1]


def _reaches(sizes: Sequence[str], upper: str, lower: str) -> bool:
    """Whether `upper` is at least as large as `lower`."""
    return upper in sizes and sizes.index(upper) >= sizes.index(lower)


def _by_history(worn: Sequence[Fit], sizes: Sequence[str]) -> str | None:
    """The size kept last, else the one beside what did not fit."""
    kept = next((fit.size for fit in worn if fit.verdict == KEPT), None)
    if kept is not None or not worn:
        return kept
    return neighbour(worn[0].size, sizes, 1 if worn[0].verdict == TOO_SMALL else -1)


async def _worn(turn: Turn, asked: _Asked) -> list[Fit]:
    """What the customer had of this kind, the very product first, then the newest."""
    if turn.verified_id is None:
        return []
    every = await fits.fits(turn.session, customer_id=turn.verified_id)
    alike = [fit for fit in every if _is_alike(fit, asked)]
    same = asked.product.id if asked.product else None
    return sorted(alike, key=lambda fit: fit.product.id != same)


def _is_alike(fit: Fit, asked: _Asked) -> bool:
    if asked.product:
        return fit.product.category.slug == asked.product.category.slug and fit.size in asked.sizes
    if fit.size.casefold() in ONE_SIZE:
        return False
    return (fit.product.category.slug == FOOTWEAR) == asked.shoes and fit.product.category.slug != "digital"


def _tell_how_to_measure(
    turn: Turn, heard: Heard, asked: _Asked, *, outside: bool, say: CollectingDispatcher
) -> None:
    article = turn.house.help_desk.get(_ARTICLES[asked.shoes])
    if outside:
        say.utter_message(response="utter_size_outside", buttons=[wish_button(HUMAN)])
    elif article is None:
        say.utter_message(response="utter_size_ask_shoes" if asked.shoes else "utter_size_ask")
    else:
        say_article(article, say)
        say.utter_message(response="utter_size_ask_shoes" if asked.shoes else "utter_size_ask")


def _next(asked: _Asked, size: str) -> list[Button]:
    if asked.product is None or size not in asked.sizes:
        return []
    return [button(f"Is it there in {size}?", "product_availability", product=asked.product.name, size=size)]
