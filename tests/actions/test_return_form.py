"""Returns from the first word to the label: what is asked, what is confirmed, what is made."""

from __future__ import annotations

from actions.heard import PENDING
from actions.returns.return_draft import SLOTS
from crm_store import loyalty, returns, vouchers
from crm_store.models import RefundStatus, Resolution, ReturnReason, ReturnStatus
from crm_store.returns import ReturnLine
from crm_store.session import Store
from tests.actions.return_play import play_on, returning
from tests.actions.stage import Stage


async def test_a_return_step_by_step(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    items = await play.say("I want to return something", "return_item")
    assert "1. Dart Running Shorts, blue, M" in items.text
    assert "Everything" in items.buttons
    why = await play.say("the shirt", product="shirt")
    assert "Bunting Running Shirt, orange, M" in why.text
    how = await play.press("Too small", why)
    assert list(how.buttons) == ["€39.00 back", "€42.90 store credit", "Exchange it"]
    confirm = await play.press("€39.00 back", how)
    for words in (
        "A-10771",
        "Bunting Running Shirt, orange, M (too small)",
        "€39.00 back to your card",
        "48 points",
    ):
        assert words in confirm.text
    assert await play.made("C-0001") == []
    done = await play.press("Yes", confirm)
    made = (await play.made("C-0001"))[0]
    for words in (made.number, made.label_code, "€39.00", "5 working days", "post office"):
        assert words in done.text
    assert done.cards[0]["label_code"] == made.label_code
    assert (made.status, made.resolution) == (ReturnStatus.LABEL_SENT, Resolution.REFUND_CARD)
    assert [(item.quantity, item.reason) for item in made.items] == [(1, ReturnReason.TOO_SMALL)]
    assert not play.open
    assert all(play.stage.slots[slot] is None for slot in SLOTS)


async def test_everything_said_at_once_leaves_only_the_confirmation(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    confirm = await play.say(
        "return the shirt from A-10771 please, it's too small, money back on my card",
        "return_item",
        product="shirt",
        order_number="A-10771",
    )
    assert "Bunting Running Shirt, orange, M (too small)" in confirm.text
    assert "€39.00" in confirm.text
    assert "Yes, please" in confirm.buttons


async def test_store_credit_comes_at_once_with_its_bonus(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    confirm = await play.say(
        "I'm sending everything of A-10771 back, changed my mind, store credit please",
        "return_item",
        order_number="A-10771",
        reason="changed my mind",
    )
    assert "€113.30 as store credit" in confirm.text
    done = await play.say("yes", "affirm")
    made = (await play.made("C-0001"))[0]
    assert [item.order_item.line_no for item in made.items] == [1, 2, 3]
    assert [refund.status for refund in made.refunds] == [RefundStatus.SENT]
    async with shop.reading() as session:
        owned = await vouchers.list_vouchers(session, customer_id=made.customer_id)
    assert owned[0].value_cents == 11_330
    assert owned[0].code in done.text


async def test_the_points_that_were_announced_are_taken(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    stage_customer = await play.stage.sign_in("C-0001")
    async with shop.reading() as session:
        before = await loyalty.statement(session, customer_id=stage_customer)
    confirm = await play.say(
        "return the shirt, too small, card", "return_item", product="shirt", order_number="A-10771"
    )
    assert "The 48 points" in confirm.text
    await play.say("yes", "affirm")
    async with shop.reading() as session:
        after = await loyalty.statement(session, customer_id=stage_customer)
    assert before.balance + before.pending - after.balance - after.pending == 48


async def test_how_many_is_asked_only_of_several_pieces(shop: Store) -> None:
    play = await returning(shop, "C-0007")
    many = await play.say("return the sporks", "return_item", product="sporks")
    assert list(many.buttons) == ["1", "All 2"]
    too_many = await play.say("three", quantity="three")
    assert "a number from 1 to 2" in too_many.text
    why = await play.say("just one", quantity="one")
    assert "What's the reason" in why.text
    assert (await play.press("Changed", why)).buttons.keys() >= {"€16.00 back"}


async def test_several_items_each_with_a_reason(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("I'd like to return something", "return_item")
    await play.say("1 and 3")
    await play.say("the shorts are too small and the hat is damaged")
    confirm = await play.say("my card please")
    assert "Dart Running Shorts, blue, M (too small)" in confirm.text
    assert "Inis Wool Beanie, yellow (damaged or faulty)" in confirm.text


async def test_a_fit_that_may_be_either_is_asked_about(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt", "return_item", product="shirt")
    either = await play.say("it doesn't fit", reason="doesn't fit")
    assert "too small or too large" in either.text
    assert "€39.00" in (await play.say("too small")).text


async def test_a_reason_of_ones_own_words_is_taken_as_a_change_of_mind(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt", "return_item", product="shirt")
    await play.say("my dog hates it", reason="my dog hates it")
    assert "(changed my mind)" in (await play.say("card")).text


async def test_which_order_by_place_thing_number_or_button(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    which = await play.say("I want to send something back", "return_item")
    assert [title[:7] for title in which.buttons] == ["A-10817", "A-10740", "A-10678"]
    assert "Finch Hip Bag" in (await play.say("the second one")).text
    again = await play.say("different order please")
    assert "Lapwing Running Tights" in (await play.press("A-10817", again)).text
    await play.say("wrong order, sorry")
    assert "Clover Picnic Blanket, green?" in (await play.say("the one with the picnic blanket")).text


async def test_a_thing_that_is_in_several_orders(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    which = await play.say("return my running things", "return_item", product="running")
    assert [title[:7] for title in which.buttons] == ["A-10817", "A-10678"]
    assert "more than one order" in which.text
    items = await play.press("A-10678", which)
    assert "Bunting Running Shirt, blue, S (2 pieces)" in items.text
    assert "Skylark" not in items.text


async def test_somebody_elses_order_is_not_found(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    asked = await play.say("return A-10724", "return_item", order_number="A-10724")
    assert "can't find an order A-10724" in asked.text
    assert "A-10771" in asked.text
    assert "Burren" not in asked.text


async def test_a_thing_that_was_never_bought(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    assert "can't find “tent”" in (await play.say("return the tent", "return_item", product="tent")).text


async def test_a_stranger_proves_first_and_nothing_said_is_lost(shop: Store) -> None:
    play = play_on(Stage(shop))
    asked = await play.say("return the shirt, it's too small", "return_item", product="shirt")
    assert asked.texts == []
    assert asked.followup == "verification_form"
    assert play.stage.slots[PENDING]["action"] == "return_form"
    await play.stage.sign_in("C-0001")
    resumed = await play.resume()
    assert "€39.00" in resumed.text
    assert play.stage.slots[PENDING] is None
    assert "(too small)" in (await play.say("card")).text


async def test_naming_again_what_was_chosen_is_no_miss(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt", "return_item", product="shirt")
    asked = await play.say("the running shirt")
    assert "didn't get that" not in asked.text
    assert "What's the reason" in asked.text


async def test_who_does_not_know_is_asked_again(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt", "return_item", product="shirt")
    assert "What's the reason" in (await play.say("I'm not sure", "deny")).text


async def test_what_it_is_not_is_no_reason(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt, to my card", "return_item", product="shirt")
    assert "(changed my mind)" in (await play.say("it's not damaged, just not for me", reason="damaged")).text


async def test_a_no_changes_nothing(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt, too small, card", "return_item", product="shirt")
    left = await play.say("no", "deny")
    assert "nothing was changed" in left.text
    assert not play.open
    assert await play.made("C-0001") == []


async def test_a_bare_cancel_drops_the_return(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return something", "return_item")
    assert "nothing was changed" in (await play.say("cancel that", "cancel_order")).text
    assert not play.open


async def test_two_answers_that_mean_nothing_bring_a_human(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return something", "return_item")
    assert "didn't get that" in (await play.say("blargh", "nlu_fallback")).text
    assert (await play.say("blubb", "nlu_fallback")).followup == "action_handoff"


async def test_a_question_of_its_own_makes_the_form_step_aside(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return something", "return_item")
    for text, intent in (
        ("how many points do I have?", "check_points"),
        ("where is my refund", "track_refund"),
        ("is the beanie made of real wool?", "product_question"),
    ):
        assert (await play.say(text, intent, product="beanie")).events == []
    assert play.open


async def test_pressing_yes_twice_makes_one_return(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt, too small, card", "return_item", product="shirt")
    before = dict(play.stage.slots)
    await play.say("yes", "affirm")
    play.stage.slots = before
    again = await play.say("yes", "affirm")
    assert len(await play.made("C-0001")) == 1
    assert "a return for that already" in again.text


async def test_what_changed_before_the_last_step_is_told_and_nothing_is_done(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    customer_id = await play.stage.sign_in("C-0001")
    await play.say("return the shirt, too small, card", "return_item", product="shirt")
    lines = [ReturnLine(2, 1, ReturnReason.TOO_SMALL)]
    async with shop.unit() as session:
        await returns.create_return(
            session,
            customer_id=customer_id,
            number="A-10771",
            lines=lines,
            resolution=Resolution.REFUND_CARD,
            key="the shop's own page",
        )
    play.stage.slots |= {"return_confirm": True, "requested_slot": None}
    told = await play.stage.act(play.finish)
    assert "changed while we talked" in told.text
    assert "Talk to a human" in told.buttons
    assert len(await play.made("C-0001")) == 1
    assert play.stage.slots["return_order"] is None


async def test_what_an_older_version_kept_does_not_hurt(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt", "return_item", product="shirt")
    play.stage.slots["return_told"] |= {"a_field_of_old": 1}
    assert "€39.00" in (await play.say("too small")).text
