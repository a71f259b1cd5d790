"""What the bot's house holds in this process: the help centre and the search over the catalogue, over the
same encoder that understands messages.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from actions.turn import House
from bot.catalogue_finder import CatalogueFinder
from bot.encoder import Encoder
from bot.help_centre import HelpCentre


def open_house(
    project: Path,
    *,
    secret: bytes,
    shop_name: str,
    demo: bool,
    help_url: str,
    can_mail: bool,
    address: str,
    instant_refund_cents: int = 5000,
    erasure_grace: timedelta = timedelta(days=7),
) -> House:
    """Load what actions may use besides the store (seconds: the encoder reads its model)."""
    encoder = Encoder.load()
    help_desk = HelpCentre.load(project / "data" / "help_centre", encoder)
    return House(
        help_desk=help_desk,
        secret=secret,
        shop_name=shop_name,
        demo=demo,
        help_url=help_url,
        can_mail=can_mail,
        finder=CatalogueFinder(encoder),
        address=address,
        instant_refund_cents=instant_refund_cents,
        erasure_grace=erasure_grace,
    )
