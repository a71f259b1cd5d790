"""Addresses out of chat messages."""

from __future__ import annotations

import pytest

from actions.addresses import postcodes
from actions.addresses.address import Address
from actions.addresses.address_answers import read_answer, read_correction
from actions.addresses.address_reading import read_address

HOME = Address("14 Quay Street", "H91 X2Y3", "Galway", "Ada Byrne", "IE")


@pytest.mark.parametrize(
    ("text", "line", "city", "postcode"),
    [
        ("12 Main Street, Galway, H91 X2Y3", "12 Main Street", "Galway", "H91 X2Y3"),
        ("12 main st dublin d04f2x1", "12 Main St", "Dublin", "D04 F2X1"),
        ("8 Abbey Row, Sligo F91 AB12", "8 Abbey Row", "Sligo", "F91 AB12"),
        ("5 Bridge St\nCork\nT12 X7Y2", "5 Bridge St", "Cork", "T12 X7Y2"),
        ("The Mill, Adare, Co. Clare, V94 X123", "The Mill", "Adare, Co. Clare", "V94 X123"),
        ("12, Sea View, Bray, Co Wicklow, A98 X2Y3", "12 Sea View", "Bray, Co Wicklow", "A98 X2Y3"),
        ("Flat 3, 14 Quay Street, Galway", "Flat 3, 14 Quay Street", "Galway", ""),
        ("send it to my office: Unit 4, Dock Road, Cork thanks", "Unit 4, Dock Road", "Cork", ""),
        ("change it please, the eircode is H91 K7P4", "", "", "H91 K7P4"),
        ("order 10231 to 44 Harbour Road Kinsale instead?", "44 Harbour Road", "Kinsale", ""),
        ("change it to apartment 5, 12 Oak Road, Dublin 2", "Apartment 5, 12 Oak Road", "Dublin 2", ""),
        ("it's 3 Hillside, Ennis", "3 Hillside", "Ennis", ""),
        ("9 May Street, Belfast BT1 4AB", "9 May Street", "Belfast", "BT1 4AB"),
        ("Keizersgracht 12, 1015 CS Amsterdam", "Keizersgracht 12", "Amsterdam", "1015 CS"),
        ("Torstraße 140, 10119 Berlin", "Torstraße 140", "Berlin", "10119"),
        ("12 Main Street", "12 Main Street", "", ""),
    ],
)
def test_an_address_is_found_with_or_without_talk_around_it(
    text: str, line: str, city: str, postcode: str
) -> None:
    found = read_address(text)
    assert found is not None
    assert (found.line, found.city, found.postcode) == (line, city, postcode)


@pytest.mark.parametrize(
    "text",
    [
        "I don't know",
        "what are your opening hours in Galway?",
        "no, I mean the other street, please",
        "can you deliver to my mum's house in Ennis",
        "where is order 10231",
        "my order has 3 items, the tent, the mug",
        "will it be delivered on 24 November, right",
        "I have 2 jackets, one is wrong",
        "yes",
        "27B",
        "",
        "12 Main Street, Galway " * 40,
    ],
)
def test_talk_is_no_address(text: str) -> None:
    assert read_address(text) is None


def test_name_and_country_are_taken_when_they_are_given() -> None:
    found = read_address("Anna Byrne, 10 Downing Street, London SW1A 2AA, UK")
    assert found == Address("10 Downing Street", "SW1A 2AA", "London", "Anna Byrne", "GB")


@pytest.mark.parametrize(
    ("typed", "text", "result"),
    [
        (
            Address("12 Main Street", city="Cork"),
            "t12x7y2",
            Address("12 Main Street", "T12 X7Y2", "Cork", country="IE"),
        ),
        (
            Address("12 Main Street"),
            "in cork, T12 X7Y2",
            Address("12 Main Street", "T12 X7Y2", "Cork", country="IE"),
        ),
        (Address("12 Main Street"), "Cork", Address("12 Main Street", city="Cork")),
        (
            Address("12 Main Street", city="Cork"),
            "I don't have one",
            Address("12 Main Street", city="Cork", no_postcode=True),
        ),
        (
            Address("12 Main Street", city="Cork"),
            "sorry, 5 Oak Road, Naas",
            Address("5 Oak Road", city="Naas"),
        ),
        (Address("12 Main Street", city="Cork"), "what?", None),
    ],
)
def test_the_rest_of_a_partial_address(typed: Address, text: str, result: Address | None) -> None:
    assert read_answer(text, typed, HOME) == result


@pytest.mark.parametrize(
    ("text", "line", "postcode"),
    [
        ("it should say 27B", "27B Quay Street", "H91 X2Y3"),
        ("flat number 5", "Flat 5, 14 Quay Street", "H91 X2Y3"),
        ("the eircode is H91 K7P4", "14 Quay Street", "H91 K7P4"),
    ],
)
def test_only_a_part_is_corrected(text: str, line: str, postcode: str) -> None:
    found = read_answer(text, Address(), HOME)
    assert found is not None
    assert (found.line, found.postcode, found.city) == (line, postcode, "Galway")


def test_the_shape_of_a_postcode_tells_the_country() -> None:
    found = read_address("1 Sea Road, Galway, H91 A1B2")
    assert found is not None
    assert found.country == "IE"


def test_a_correction_at_the_confirmation() -> None:
    typed = Address("12 Main Street", "T12 X7Y2", "Cork", country="IE")
    assert read_correction("no, it's 16", typed) == Address(
        "16 Main Street", "T12 X7Y2", "Cork", country="IE"
    )
    assert read_correction("2", typed) is None
    assert read_correction("no", typed) is None
    assert read_correction("12 Main Street, Cork, T12 X7Y2", typed) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("d6wxy12", "D6W XY12"),
        ("N17 road", None),
        ("1200 Elm Road", None),
        ("Lyon 69002", "69002"),
        ("11-222 Kraków", "11-222"),
        ("M5V2T6", "M5V 2T6"),
        ("sw1a2aa", "SW1A 2AA"),
    ],
)
def test_postcodes(text: str, code: str | None) -> None:
    found = postcodes.find(text)
    assert (found and found.code) == code
