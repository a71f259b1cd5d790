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


def new_address_mail(shop_name: str, code: str) -> tuple[str, str]:
    """The mail with the code that proves a new e-mail address."""
    body = (
        f"Hello,\n\nsomebody wants to use this address for their {shop_name} account. If that is you, type "
        f"{code} in the chat. The code is good for 10 minutes.\n\nIt is not you? Then you need do nothing: "
        f"without the code nothing changes.\n\n{shop_name}\n"
    )
    return f"Your {shop_name} code: {code}", body


def changed_mail(shop_name: str, what: str) -> tuple[str, str]:
    """The note that a detail of the account was changed. It says which, and no value."""
    body = (
        f"Hello,\n\nthe {what} of your {shop_name} account was just changed in the chat.\n\nThat was not "
        f"you? Please write to us straight away, so that we can put it right.\n\n{shop_name}\n"
    )
    return f"Your {shop_name} account: the {what} was changed", body


def export_mail(shop_name: str) -> tuple[str, str]:
    """The note that a copy of the data was asked for. It holds no link: whoever reads it gets nothing."""
    body = (
        f"Hello,\n\na copy of the data of your {shop_name} account was just asked for in the chat. The link "
        "to it stands there.\n\nThat was not you? Please write to us straight away.\n\n"
        f"{shop_name}\n"
    )
    return f"A copy of your {shop_name} data", body


def erasure_mail(shop_name: str, day: str) -> tuple[str, str]:
    """The note before an erasure: when it happens, and how to take it back."""
    body = (
        f"Hello,\n\nyou asked us to delete your {shop_name} account. We do it on {day}; what is still open "
        "then is settled first.\n\nYou changed your mind, or it was not you? Write “keep my account” in the "
        f"chat before that day, and everything stays as it is.\n\n{shop_name}\n"
    )
    return f"Your {shop_name} account will be deleted on {day}", body


def erased_mail(shop_name: str) -> tuple[str, str]:
    """The last mail: it is done."""
    body = (
        f"Hello,\n\nyour {shop_name} account and what we knew of you are deleted. What we must keep of your "
        "orders for the tax office stays without your name and address. This is our last mail to you; your "
        f"address is deleted once it has left.\n\nThank you for having been with us.\n\n{shop_name}\n"
    )
    return f"Your {shop_name} account is deleted", body
