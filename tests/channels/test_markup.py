"""Markdown that shops write: shown as meant, and harmless whatever is in it."""

from __future__ import annotations

import pytest

from channels.markup import as_html, as_line


def test_what_articles_use() -> None:
    html = as_html("Some *words*.\n\n- a\n- b\n\n1. one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[us](/help)")
    for part in ("<p>Some <em>words</em>.</p>", "<li>a</li>", "<ol>", "<td>1</td>", '<a href="/help">us</a>'):
        assert part in html


def test_a_line_has_no_paragraph() -> None:
    assert as_line("Free from **EUR 60** & up") == "Free from <strong>EUR 60</strong> &amp; up"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        '[a](/x "\\" onclick=alert(1)")',
        '```x" onclick=alert(1)\n<b>\n```',
    ],
)
@pytest.mark.parametrize("show", [as_html, as_line])
def test_nothing_in_it_runs(show: object, text: str) -> None:
    html = show(text)  # type: ignore[operator]
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html
    assert '" onclick' not in html
