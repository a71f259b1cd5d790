"""The help centre's articles as its pages need them: by name, by category, by the words in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Self

from bot.help_centre import Article
from channels.settings import PROJECT

FOLDER: Final = PROJECT / "data" / "help_centre"


class Articles:
    """All articles. No model is needed to read them."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_slug = {article.slug: article for article in articles}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Every `*.md` in `folder`.

        Raises:
            BadArticle: a file cannot be read.
        """
        return cls([Article.read(file) for file in sorted(folder.glob("*.md"))])

    def get(self, slug: str) -> Article | None:
        """The article of this name."""
        return self._by_slug.get(slug)

    def by_category(self) -> dict[str, list[Article]]:
        """The categories with most articles first; in each the articles by title."""
        found: dict[str, list[Article]] = {}
        for article in sorted(self._by_slug.values(), key=lambda article: article.title):
            found.setdefault(article.category, []).append(article)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def beside(self, article: Article) -> list[Article]:
        """The other articles of its category."""
        return [other for other in self.by_category()[article.category] if other.slug != article.slug]

    def with_words(self, text: str) -> list[Article]:
        """The articles in which every word of the text begins a word, those with most in the title first."""
        words = re.findall(r"\w+", text)
        if not words:
            return []
        found = [article for article in self._by_slug.values() if _count(words, _text(article)) == len(words)]
        return sorted(found, key=lambda article: (-_count(words, article.title), article.title))


@cache
def all_articles() -> Articles:
    """The shop's articles, read once (a tenth of a second)."""
    return Articles.read(FOLDER)


def _text(article: Article) -> str:
    return "\n".join([article.title, *article.questions, article.body])


def _count(words: Sequence[str], text: str) -> int:
    return sum(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) is not None for word in words)
