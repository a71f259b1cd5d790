"""A postal address as a customer types it, and what is still missing of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Final

from crm_store.models import Order

COUNTRIES: Final = {
    "IE": "Ireland",
    "GB": "United Kingdom",
    "AT": "Austria",
    "AU": "Australia",
    "BE": "Belgium",
    "CA": "Canada",
    "CH": "Switzerland",
    "DE": "Germany",
    "DK": "Denmark",
    "ES": "Spain",
    "FI": "Finland",
    "FR": "France",
    "IT": "Italy",
    "NL": "Netherlands",
    "NO": "Norway",
    "PL": "Poland",
    "PT": "Portugal",
    "SE": "Sweden",
    "US": "United States",
}
"""Names of countries by their ISO 3166 codes."""


def town(postcode: str, city: str, country: str) -> str:
    """The line of the town as its country writes it: `Dublin, D07 X4Z2`, but `10997 Berlin`."""
    if country in ("IE", "GB"):
        return ", ".join(filter(None, (city, postcode)))
    return " ".join(filter(None, (postcode, city)))


@dataclass(frozen=True)
class Address:
    """Where a parcel goes; an empty field is not known (yet). `country` is an ISO 3166 code."""

    line: str = ""
    postcode: str = ""
    city: str = ""
    name: str = ""
    country: str = ""
    no_postcode: bool = False
    """The customer says that there is none, or that they do not know it."""

    @classmethod
    def of(cls, order: Order) -> Address:
        """Where an order goes now."""
        return cls(
            order.ship_address, order.ship_postcode, order.ship_city, order.ship_name, order.ship_country
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be asked, as words for the question."""
        lacking = (
            ("street and house number", self.line),
            ("town", self.city),
            ("Eircode or postcode", self.postcode or self.no_postcode),
        )
        return tuple(word for word, known in lacking if not known)

    def is_abroad(self, order: Order) -> bool:
        """Whether this is known to be in another country than the order was meant for."""
        return bool(self.country and order.ship_country) and self.country != order.ship_country

    def over(self, older: Address) -> Address:
        """This address, its gaps filled from `older`."""
        known = {field: value for field, value in asdict(self).items() if value}
        return replace(older, **known)

    def as_slot(self) -> dict[str, str | bool]:
        """A value that a dialogue slot can keep: `Address(**value)` gives the address back."""
        return asdict(self)

    def in_words(self) -> str:
        """On one line, as on the label."""
        country = COUNTRIES.get(self.country, self.country)
        return ", ".join(part for part in (self.name, self.line, self.city, self.postcode, country) if part)
