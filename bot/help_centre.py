"""The help centre: articles in Markdown, found by what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.encoder import Encoder

RELEVANT: Final = 0.46
"""The least score of an article that answers a question. Of the training data's questions about rules and
ways 94 in 100 reach it with some article, of those that no shop should answer 9.
"""

_WEIGHTS: Final = np.array([4, 1, 1], dtype=np.float32) / 6
"""Of an article's nearest passages. The nearest alone would let one chance likeness win."""

_FRONT: Final = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)", re.DOTALL)


class BadArticle(ValueError):
    """An article's file cannot be read; the message names the file and says what is wrong."""


@dataclass(frozen=True)
class Article:
    """One article. `answer` is its first paragraph, `body` the whole text in Markdown, `questions` how
    people ask.
    """

    slug: str
    title: str
    category: str
    answer: str
    body: str
    questions: tuple[str, ...] = field(default=(), repr=False)

    @property
    def url(self) -> str:
        """Where the shop shows it."""
        return f"/help/{self.slug}"

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read `<slug>.md`: title, category and questions between two lines `---`, then Markdown.

        Raises:
            BadArticle: one of these is missing.
        """
        parts = _FRONT.fullmatch(file.read_text(encoding="utf-8"))
        if parts is None:
            raise BadArticle(
                f"{file}: it must begin with title, category and questions between two lines '---'."
            )
        try:
            front = YAML(typ="safe").load(parts["front"])
            title, category = str(front["title"]), str(front["category"])
        except (YAMLError, KeyError, TypeError) as error:
            raise BadArticle(f"{file}: {error}") from error
        body = parts["body"].strip()
        questions = tuple(str(question) for question in front.get("questions") or ())
        return cls(file.stem, title, category, body.split("\n\n")[0], body, questions)

    def passages(self) -> Iterator[str]:
        """What a question is compared with: the title, the ways to ask, and the paragraphs."""
        yield self.title
        yield from self.questions
        for paragraph in self.body.split("\n\n"):
            plain = re.sub(r"[*_`#>]|^- ", "", paragraph, flags=re.MULTILINE)
            yield re.sub(r"\s+", " ", plain).strip()


@dataclass(frozen=True)
class Hit:
    """An article and how well it fits a question (at most 1)."""

    article: Article
    score: float


class HelpCentre:
    """All articles, and the search over them."""

    def __init__(self, articles: Sequence[Article], encoder: Encoder) -> None:
        self.articles = tuple(articles)
        self._by_slug = {article.slug: article for article in articles}
        self._encoder = encoder
        passages = [[text for text in article.passages() if text] for article in articles]
        self._vectors = encoder.encode_kept([text for texts in passages for text in texts], "help_centre")
        self._rows = _rows([len(texts) for texts in passages])

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Self:
        """Read every `*.md` in `folder`; without the folder there are no articles.

        Raises:
            BadArticle: a file cannot be read.
        """
        return cls([Article.read(file) for file in sorted(folder.glob("*.md"))], encoder)

    def get(self, slug: str) -> Article | None:
        """The article of this name."""
        return self._by_slug.get(slug)

    def find(self, question: str, limit: int = 3) -> list[Hit]:
        """The articles that answer the question, best first; none when none is relevant."""
        return [hit for hit in self.search(question, limit) if hit.score >= RELEVANT]

    def search(self, text: str, limit: int = 3) -> list[Hit]:
        """The articles nearest to the text, best first, relevant or not."""
        if not self.articles or not text.strip():
            return []
        cosines = self._vectors @ self._encoder.encode([text])[0]
        scores = -np.sort(-cosines[self._rows], axis=1)[:, : len(_WEIGHTS)] @ _WEIGHTS
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(self.articles[place], float(scores[place])) for place in best]


def _rows(counts: Sequence[int]) -> npt.NDArray[np.intp]:
    """For each article the rows of its passages, all equally many: a short article's title is repeated."""
    width = max([*counts, len(_WEIGHTS)])
    starts = np.cumsum([0, *counts])[:-1]
    return np.array(
        [
            [start + (n if n < count else 0) for n in range(width)]
            for start, count in zip(starts, counts, strict=True)
        ],
        dtype=np.intp,
    ).reshape(len(counts), width)
