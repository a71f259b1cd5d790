"""GET /help and /help/{slug}: the help centre for people who read instead of asking."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.help_centre import Article
from channels.articles import all_articles
from channels.pages import page
from channels.service import Service

router = APIRouter(prefix="/help", include_in_schema=False)

MAX_QUERY: Final = 200
"""Characters of a question that are looked at."""
MAX_FOUND: Final = 6


# Not `async`: finding takes milliseconds of computing, which then are a thread's.
@router.get("")
def help_centre(request: Request, q: str = "") -> HTMLResponse:
    """Every article by category, and above them what answers the question `q`."""
    question = q.strip()[:MAX_QUERY]
    return page(
        request,
        "help.html",
        question=question,
        found=_find(request.app.state.service, question) if question else [],
        categories=all_articles().by_category(),
    )


@router.get("/{slug}")
def article(request: Request, slug: str) -> HTMLResponse:
    """One article; programs get the usual error when there is none, people a page that helps them on."""
    articles = all_articles()
    found = articles.get(slug)
    if found is not None:
        return page(request, "article.html", article=found, others=articles.beside(found))
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return page(request, "no_article.html", status=HTTPStatus.NOT_FOUND, categories=articles.by_category())


def _find(service: Service, question: str) -> list[Article]:
    """By meaning once the model is there, then by the words."""
    articles = all_articles()
    slugs = service.dialogue.find_articles(question, MAX_FOUND) if service.dialogue else []
    meant = [found for slug in slugs if (found := articles.get(slug)) is not None]
    return list({one.slug: one for one in [*meant, *articles.with_words(question)]}.values())[:MAX_FOUND]
