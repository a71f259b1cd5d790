"""The help centre's pages: every article, what a search finds, what is not there; for customers too."""

from __future__ import annotations

import httpx
import pytest

from bot.help_centre import Article
from channels import help_pages
from channels.articles import FOLDER, Articles, all_articles
from channels.service import State
from channels.settings import Settings, load_settings
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def content_of(response: httpx.Response) -> str:
    """The page without its frame."""
    return response.text.partition("<main")[2].partition("</main>")[0]


def found_in(response: httpx.Response) -> str:
    """The part of the page that shows what was found."""
    _, _, rest = response.text.partition('id="found"')
    return rest.partition("</section>")[0]


class TestOverview:
    async def test_every_article_stands_under_its_category(self, door: OpenDoor) -> None:
        html = content_of(await door.client.get("/help"))
        for file in FOLDER.glob("*.md"):
            assert html.count(f'href="/help/{file.stem}"') == 1
        assert html.index(">Delivery</h2>") < html.index("How can I track my parcel?")

    async def test_what_is_meant_comes_before_the_same_words(
        self, door: OpenDoor, dialogue: FakeDialogue
    ) -> None:
        dialogue.articles = ["refund-timing", "gone-since"]
        found = found_in(await door.client.get("/help", params={"q": "klarna"}))
        assert found.index("/help/refund-timing") < found.index("/help/klarna")
        assert "gone-since" not in found

    async def test_without_a_model_the_words_find_it(self, door: OpenDoor) -> None:
        door.service.dialogue = None
        found = found_in(await door.client.get("/help", params={"q": " Klarna "}))
        assert "Answers to “Klarna”" in found
        assert "/help/klarna" in found

    async def test_at_most_a_handful(self, door: OpenDoor) -> None:
        found = found_in(await door.client.get("/help", params={"q": "you"}))
        assert found.count("<li>") == help_pages.MAX_FOUND

    @pytest.mark.parametrize("question", ["zzz", "?!", "()*[", "\0", "x" * 5000])
    async def test_nothing_found_helps_on(self, door: OpenDoor, question: str) -> None:
        response = await door.client.get("/help", params={"q": question})
        assert response.status_code == 200
        assert "Nothing found for" in response.text
        assert "person answers you" in response.text

    async def test_an_empty_search_is_the_overview(self, door: OpenDoor) -> None:
        assert 'id="found"' not in (await door.client.get("/help", params={"q": "  "})).text

    async def test_markup_in_a_search_is_inert(self, door: OpenDoor) -> None:
        html = (await door.client.get("/help", params={"q": '"><script>alert(1)</script>'})).text
        assert "<script>" not in html
        assert "alert(1)&lt;/script&gt;" in html


class TestArticle:
    async def test_the_whole_text_and_its_neighbours(self, door: OpenDoor) -> None:
        html = content_of(await door.client.get("/help/return-an-item"))
        assert "<h1>How do I return an item?</h1>" in html
        assert "<ol>" in html
        assert "More about Returns" in html
        assert 'href="/help/refund-timing"' in html
        assert 'href="/help/return-an-item"' not in html

    async def test_an_unknown_one_is_the_usual_error_for_programs(self, door: OpenDoor) -> None:
        response = await door.client.get("/help/no-such-thing")
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"

    @pytest.mark.parametrize("slug", ["no-such-thing", "%3Cscript%3E"])
    async def test_an_unknown_one_helps_people_on(self, door: OpenDoor, slug: str) -> None:
        response = await door.client.get(f"/help/{slug}", headers=AS_A_BROWSER)
        assert response.status_code == 404
        assert 'action="/help"' in response.text
        assert 'href="/help/klarna"' in response.text
        assert "<script>" not in response.text


async def test_customers_in_production_read_them_too_and_see_nothing_of_the_demo(
    settings: Settings, dialogue: FakeDialogue
) -> None:
    production = load_settings(
        mode="production",
        secret_key="own",
        shop_name="Larks & Co",
        home=settings.home,
        database_url=settings.database_url,
    )
    async with open_door(production, dialogue) as door:
        for path in ("/help", "/help/klarna"):
            html = (await door.client.get(path)).text
            assert "Larks &amp; Co help" in html
            assert 'href="/"' not in html
            assert "ailbox" not in html
            assert '<script src="/chat/widget.js" data-title="Larks &amp; Co" async></script>' in html


async def test_before_the_database_is_there_articles_can_be_read(door: OpenDoor) -> None:
    door.service.state = State.STARTING
    response = await door.client.get("/help/klarna")
    assert response.status_code == 200
    assert "<h1>How does paying with Klarna work?</h1>" in response.text
    assert 'href="/static/aftersale.css"' in response.text


class TestArticles:
    def test_the_largest_category_is_first(self) -> None:
        sizes = [len(articles) for articles in all_articles().by_category().values()]
        assert sizes == sorted(sizes, reverse=True)

    def test_words_in_the_title_count_most(self) -> None:
        articles = Articles(
            [
                Article("a", "About boots", "Things", "", "They are red."),
                Article("b", "Red things", "Things", "", "No boots, but hats."),
                Article("c", "Hats", "Things", "", "Boots in any colour."),
                Article("d", "Other", "Things", "", "Nothing.", ("where are my red boots",)),
                Article("e", "Tired reboots", "Things", "", "Nothing."),
            ]
        )
        assert [found.slug for found in articles.with_words("RED boot")] == ["a", "b", "d"]
        assert [found.slug for found in articles.with_words("reboot")] == ["e"]
        assert articles.with_words("") == articles.with_words("?") == []
