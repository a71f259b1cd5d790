"""GET /help and /help/{slug}: the help centre for people who read instead of asking."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from bot.help_centre import Article
from channels.articles import all_articles
from channels.headers import WITH_SCRIPTS
from channels.pages import page
from channels.service import Service, State
from channels.shop.frame import visiting

router = APIRouter(prefix="/help", include_in_schema=False)

MAX_QUERY: Final = 200
"""Characters of a question that are looked at."""
MAX_FOUND: Final = 6


@router.get("")
async def help_centre(request: Request, q: str = "") -> HTMLResponse:
    """Every article by category, and above them what answers the question `q`."""
    question = q.strip()[:MAX_QUERY]
    service: Service = request.app.state.service
    return await _help_page(
        request,
        "centre.html",
        question=question,
        # Finding takes milliseconds of computing, which are a thread's.
        found=await run_in_threadpool(_find, service, question) if question else [],
        categories=all_articles().by_category(),
    )


@router.get("/{slug}")
async def article(request: Request, slug: str) -> HTMLResponse:
    """One article; programs get the usual error when there is none, people a page that helps them on."""
    articles = all_articles()
    found = articles.get(slug)
    if found is not None:
        return await _help_page(request, "article.html", article=found, others=articles.beside(found))
    if "text/html" not in request.headers.get("accept", ""):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return await _help_page(
        request, "no_article.html", status=HTTPStatus.NOT_FOUND, categories=articles.by_category()
    )


async def _help_page(
    request: Request, name: str, *, status: int = HTTPStatus.OK, **values: Any
) -> HTMLResponse:
    """The template `help/<name>` with the chat on it: in the demo shop's frame, else in one of its own."""
    service: Service = request.app.state.service
    if service.settings.is_demo and service.state is not State.STARTING:
        async with visiting(request) as visit:
            return await visit.show(f"help/{name}", status=status, frame="shop/base.html", **values)
    response = page(request, f"help/{name}", status=status, frame="base.html", chat=True, **values)
    response.headers["Content-Security-Policy"] = WITH_SCRIPTS
    return response


def _find(service: Service, question: str) -> list[Article]:
    """By meaning once the model is there, then by the words."""
    articles = all_articles()
    slugs = service.dialogue.find_articles(question, MAX_FOUND) if service.dialogue else []
    meant = [found for slug in slugs if (found := articles.get(slug)) is not None]
    return list({one.slug: one for one in [*meant, *articles.with_words(question)]}.values())[:MAX_FOUND]
