"""Markdown to HTML that can do no harm: raw HTML stays text, and links lead only where browsers may go."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

_markdown: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
# A wide table scrolls by itself: by keyboard, too.
_markdown.add_render_rule("table_open", lambda *_: '<table tabindex="0">\n')


def as_html(text: str) -> Markup:
    """The whole text."""
    return Markup(_markdown.render(text))  # noqa: S704  (raw HTML is off)


def as_line(text: str) -> Markup:
    """One paragraph's inside, without the paragraph."""
    return Markup(_markdown.renderInline(text))  # noqa: S704  (raw HTML is off)
