"""The keys that the shop signs identity tokens with: `kid:secret,kid2:secret2`."""

from __future__ import annotations

from typing import Final

DEMO_KID: Final = "demo"
DEMO_IDENTITY_SECRET: Final = "the-demo-identity-key-that-everybody-knows"  # noqa: S105  (refused in production)
SHORTEST: Final = 32
"""Characters of a secret. A shorter one could be guessed by trying, and then anybody is any customer."""


def read_keys(text: str) -> dict[str, str]:
    """The secrets by `kid`, in order; none for an empty text. A secret may have a colon, but no comma.

    Raises:
        ValueError: what is wrong, without any secret in it.
    """
    keys: dict[str, str] = {}
    for number, part in enumerate(filter(None, map(str.strip, text.split(","))), start=1):
        kid, colon, secret = (piece.strip() for piece in part.partition(":"))
        if not (kid and colon and secret):
            raise ValueError(
                f"AFTERSALE_IDENTITY_KEYS: key number {number} is not of the form kid:secret. "
                "Write e.g. 2026-11:SECRET, and several with a comma between them."
            )
        if len(secret) < SHORTEST:
            raise ValueError(
                f'AFTERSALE_IDENTITY_KEYS: the secret of "{kid}" has fewer than {SHORTEST} characters. Use '
                "e.g. what `python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints."
            )
        if kid in keys:
            raise ValueError(f'AFTERSALE_IDENTITY_KEYS names "{kid}" twice.')
        keys[kid] = secret
    return keys
