"""The help centre: articles are read, and found by what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.encoder import Encoder
from bot.help_centre import RELEVANT, Article, BadArticle, HelpCentre

PROJECT = Path(__file__).parents[2]

PARCEL = """---
title: Where is my parcel?
category: Delivery
questions:
  - track my order
  - "my delivery: is it late?"
updated: 2026-05-01
---
Look it up under **Orders**.

It takes:

- two days
- or *three*
"""
POINTS = """---
title: When do points expire?
category: Points
---
After a year.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parcel.md").write_text(PARCEL, encoding="utf-8")
    (tmp_path / "points.md").write_text(POINTS, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no article", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def centre(folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> HelpCentre:
    # Not kept on disk: the vectors there are those of the shop's own articles.
    monkeypatch.setattr(encoder, "encode_kept", lambda texts, name: encoder.encode(texts))
    return HelpCentre.load(folder, encoder)


@pytest.fixture(scope="module")
def shops(encoder: Encoder) -> HelpCentre:
    return HelpCentre.load(PROJECT / "data" / "help_centre", encoder)


class TestArticle:
    def test_it_is_read_from_its_file(self, folder: Path) -> None:
        article = Article.read(folder / "parcel.md")
        assert article.slug == "parcel"
        assert article.title == "Where is my parcel?"
        assert article.category == "Delivery"
        assert article.questions == ("track my order", "my delivery: is it late?")
        assert article.answer == "Look it up under **Orders**."
        assert article.body.endswith("- or *three*")
        assert article.url == "/help/parcel"

    def test_its_passages_are_plain(self, folder: Path) -> None:
        assert list(Article.read(folder / "parcel.md").passages()) == [
            "Where is my parcel?",
            "track my order",
            "my delivery: is it late?",
            "Look it up under Orders.",
            "It takes:",
            "two days or three",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "no front matter",
            "---\ntitle: x\n---\nno category",
            "---\n- a list\n---\nbody",
            "---\ntitle: [x\n---\nbody",
        ],
    )
    def test_a_file_that_is_no_article_is_named(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "bad.md"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(BadArticle, match=r"bad\.md"):
            Article.read(file)


class TestSearch:
    def test_the_nearest_article_comes_first(self, centre: HelpCentre) -> None:
        first, second = centre.search("can I see where my package is")
        assert first.article.slug == "parcel"
        assert first.score > second.score

    def test_its_own_question_finds_an_article(self, centre: HelpCentre) -> None:
        assert [hit.article.slug for hit in centre.find("track my order")] == ["parcel"]

    def test_what_no_article_answers_finds_none(self, centre: HelpCentre) -> None:
        assert centre.find("who won the world cup") == []
        assert len(centre.search("who won the world cup")) == 2

    def test_the_limit_is_kept(self, centre: HelpCentre) -> None:
        assert len(centre.search("points and parcels", limit=1)) == 1

    @pytest.mark.parametrize("text", ["", "  ", "\n"])
    def test_nothing_asked_nothing_found(self, centre: HelpCentre, text: str) -> None:
        assert centre.search(text) == centre.find(text) == []

    @pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 100_000, "😀"])
    def test_any_text_can_be_asked(self, centre: HelpCentre, text: str) -> None:
        assert centre.find(text) == []

    def test_articles_are_got_by_name(self, centre: HelpCentre) -> None:
        article = centre.get("points")
        assert article is not None
        assert article.title == "When do points expire?"
        assert centre.get("nothing") is None

    def test_without_articles_there_is_nothing_to_find(self, tmp_path: Path, encoder: Encoder) -> None:
        empty = HelpCentre([], encoder)
        assert empty.articles == ()
        assert empty.search("track my order") == []


class TestTheShopsOwn:
    def test_every_question_finds_its_article_first(self, shops: HelpCentre) -> None:
        lost = [
            (question, article.slug)
            for article in shops.articles
            for question in article.questions
            if shops.search(question, limit=1)[0].article.slug != article.slug
        ]
        assert lost == []

    @pytest.mark.parametrize(
        ("question", "slug"),
        [
            ("how long do I have to send something back", "return-window"),
            ("do you ship to Germany", "international-delivery"),
            ("can I pay with paypal", "payment-methods"),
            ("when will my points be gone", "points-expiry"),
            ("how do I get my jacket waterproof again", "waterproof-jacket-care"),
            ("the link to set a new password never came", "reset-password"),
        ],
    )
    def test_other_words_find_it_too(self, shops: HelpCentre, question: str, slug: str) -> None:
        assert slug in [hit.article.slug for hit in shops.find(question)]

    @pytest.mark.parametrize(
        "text",
        ["who is the prime minister", "write me a poem", "what is 12 times 12", "asdf", "you are stupid"],
    )
    def test_what_is_none_of_its_business_finds_nothing(self, shops: HelpCentre, text: str) -> None:
        assert shops.find(text) == [], shops.search(text)

    def test_scores_are_cosines(self, shops: HelpCentre) -> None:
        [hit] = shops.search(shops.articles[0].title, limit=1)
        assert RELEVANT < hit.score <= 1.0001
