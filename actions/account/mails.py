"""The mails the bot causes: subject and body, in plain words."""

from __future__ import annotations


def code_mail(shop_name: str, code: str) -> tuple[str, str]:
    """The mail that carries a one-time code."""
    body = (
        f"Hello,\n\nyour code for the {shop_name} chat is {code}. It is good for 10 minutes, and for this "
        "chat only.\n\nYou did not ask for it? Then someone typed your address by mistake; you need do "
        f"nothing. We never ask for this code by phone.\n\n{shop_name}\n"
    )
    return f"Your {shop_name} code: {code}", body
