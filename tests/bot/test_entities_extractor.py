"""The extractor as a whole, as a component, and against hostile texts."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES

from bot.understanding.entities.text import MAX_CHARACTERS
from bot.understanding.entity_extractor import CATALOGUE, SPANS, EntityExtractor
from bot.understanding.shop_words import ShopWords
from tests.bot.components import Workbench, message, training_data
from tests.bot.entities import SHOP, extractor, found

DEMO_SHOP = Path(__file__).parents[2] / "data" / "demo_shop"

HOSTILE = [
    "",
    "\0",
    "\ud83d\udc00",
    "lone \udc80 surrogate 10042",
    "😀" * 50_000,
    "a" * 100_000,
    "1" * 100_000,
    "A-" * 50_000,
    "a@" * 50_000,
    "a.b@" + "c." * 50_000,
    "size " * 20_000,
    "too too too " * 10_000,
    "rate " + "x " * 50_000,
    "1/1/" * 25_000,
    "+0 " * 30_000,
    "İSTANBUL 10042 ß ŉ ǰ",
    "١٢٣٤٥",
    "１００４２",
    "²³¹½ 5²",
    "\u202e10042\u202c",
    "-" * 100_000,
    "'" * 100_000,
    "LARK-" * 20_000,
    "3 May " * 16_000,
    "in 999 years, 999 years ago",
    "99/99/9999 00/00/00 0 Jan 31 Feb 2026-02-31",
]


class TestWhole:
    def test_a_long_sentence(self) -> None:
        text = (
            "Swap the Errigal boots (too small) of A-10042 for 43 in black, bought 2 on 3 May. me@example.com"
        )
        assert [span.entity for span in extractor().extract(text)] == [
            "product",
            "reason",
            "order_number",
            "size",
            "color",
            "quantity",
            "date",
            "email",
        ]

    @pytest.mark.parametrize(
        ("text", "entities"),
        [
            ("bottle green hot water bottle", ["color", "product"]),
            ("delivered 03/11/2026", ["date"]),
            ("+353 20 910 10042", ["phone"]),
            ("10042@example.com", ["email"]),
            ("4/5", ["rating"]),
            ("too small", ["reason"]),
        ],
    )
    def test_who_has_the_words_that_two_claim(self, text: str, entities: list[str]) -> None:
        assert [span.entity for span in extractor().extract(text)] == entities

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_hostile_texts_are_read_in_the_end(self, text: str) -> None:
        # An expression that tries everything would take minutes, on any machine.
        started = time.process_time()
        spans = extractor().extract(text)
        assert time.process_time() - started < 20
        assert all(0 <= span.start < span.end <= min(len(text), MAX_CHARACTERS) for span in spans)
        assert all(not one.overlaps(other) for one, other in pairwise(spans))

    def test_random_texts(self) -> None:
        dice = random.Random(5)
        alphabet = "aAsS10 29-./@#€'’,:\n\0\ud800é😀★x"
        for _ in range(300):
            text = "".join(dice.choice(alphabet) for _ in range(dice.randrange(60)))
            spans = extractor().extract(text)
            assert all(not one.overlaps(other) for one, other in pairwise(spans))

    def test_offsets_count_characters_of_the_raw_text(self) -> None:
        assert found("İİİ 😀 A-10042") == [("A-10042", "A-10042")]

    def test_a_short_text_takes_a_fraction_of_a_millisecond(self) -> None:
        texts = [f"where is my order {number}, the boots in 43?" for number in range(10042, 10142)]
        started = time.process_time()
        for text in texts:
            extractor().extract(text)
        assert (time.process_time() - started) / len(texts) < 0.002


class TestShopWords:
    examples = (
        ("my boots are wet", ["boots"]),
        ("these boots", ["boots"]),
        ("a rain jacket in navy", ["rain jacket"]),
        ("I have a gift card", []),
        ("wicklow way is long", []),
        ("whats new", []),
        ("whats up", []),
    )

    def test_the_demo_shop(self) -> None:
        shop = ShopWords.learn(DEMO_SHOP, self.examples)
        assert "Errigal Hiking Boots" in shop.products
        assert {"boots", "rain jacket", "hiking boots", "t shirt"} <= set(shop.kinds)
        assert "forest green" in shop.colors
        assert shop.stores["quay street"] == shop.stores["galway"] == "galway"
        assert "web" not in shop.stores.values()

    def test_what_is_said_and_not_annotated_is_no_product(self) -> None:
        shop = ShopWords.learn(DEMO_SHOP, self.examples)
        assert "gift card" not in shop.kinds
        assert "wicklow way" in shop.not_products
        assert "whats" in shop.ordinary
        assert "boots" not in shop.ordinary

    def test_parts_of_hyphenated_words_are_no_kinds(self) -> None:
        assert "off trousers" not in ShopWords.learn(DEMO_SHOP, self.examples).kinds

    def test_it_is_the_same_after_saving(self) -> None:
        assert ShopWords.from_json(SHOP.to_json()) == SHOP

    def test_without_a_catalogue_only_the_examples_teach(self, tmp_path: Path) -> None:
        shop = ShopWords.learn(tmp_path, self.examples)
        assert shop.products == ()
        assert shop.kinds == ("boots", "rain jacket")


class TestComponent:
    data = training_data(
        place=["I want [boots](product)", "[boots](product) please", "buy a [rain jacket](product)"],
        greet=["hello"],
    )

    @pytest.fixture
    def bench(self, tmp_path: Path) -> Workbench:
        made = Workbench(tmp_path)
        made.make(EntityExtractor).train(self.data)
        return made

    def test_the_output_is_in_rasas_format(self, bench: Workbench) -> None:
        one = message("my order A-10042, the boots")
        bench.load(EntityExtractor).process([one])
        assert one.as_dict(only_output_properties=True)[ENTITIES] == [
            {
                "entity": "order_number",
                "value": "A-10042",
                "start": 9,
                "end": 16,
                "confidence_entity": 1.0,
                "extractor": "EntityExtractor",
            },
            {
                "entity": "product",
                "value": "boots",
                "start": 22,
                "end": 27,
                "confidence_entity": 1.0,
                "extractor": "EntityExtractor",
            },
        ]

    def test_entities_found_before_stay(self, bench: Workbench) -> None:
        one = message("boots")
        one.set(ENTITIES, [{"entity": "mood", "value": "good", "start": 0, "end": 5}])
        bench.load(EntityExtractor).process([one])
        assert [entity["entity"] for entity in one.get(ENTITIES)] == ["mood", "product"]

    def test_annotations_of_examples_stay(self, bench: Workbench) -> None:
        data = training_data(place=["size 42 [boots](product)"])
        bench.load(EntityExtractor).process_training_data(data)
        [example] = data.training_examples
        assert [entity["entity"] for entity in example.get(ENTITIES)] == ["product"]
        assert [span.entity for span in example.get(SPANS)] == ["size", "product"]

    def test_the_fingerprint_follows_the_catalogue(self, tmp_path: Path) -> None:
        catalogue = tmp_path / "shop"
        catalogue.mkdir()
        config = {CATALOGUE: str(catalogue)}
        before = EntityExtractor.fingerprint_addon(config)
        (catalogue / "products.csv").write_text("name\nOwl Lamp\n", encoding="utf-8")
        assert EntityExtractor.fingerprint_addon(config) != before

    def test_a_missing_catalogue_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidConfigException, match="nowhere"):
            Workbench(tmp_path).make(EntityExtractor, catalogue="nowhere").train(self.data)
