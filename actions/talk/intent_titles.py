"""What each wish is called in plain words: on buttons and in what is handed to a human."""

from __future__ import annotations

TITLES = {
    "track_order": "Where is my order?",
    "cancel_order": "Cancel an order",
    "change_order": "Change an order",
    "change_delivery_address": "Change a delivery address",
    "place_order": "How to order",
    "report_missing_parcel": "A parcel is missing",
    "report_damaged_item": "An item is damaged or wrong",
    "delivery_options": "Delivery options and costs",
    "delivery_time": "How long delivery takes",
    "cancellation_policy": "Rules for cancelling",
    "return_item": "Return something",
    "exchange_item": "Exchange something",
    "return_policy": "Rules for returns",
    "request_refund": "Get my money back",
    "track_refund": "Where is my refund?",
    "track_return": "Where is my return?",
    "payment_issue": "A problem with a payment",
    "payment_methods": "Ways to pay",
    "get_invoice": "Get an invoice",
    "gift_card": "Gift cards",
    "create_account": "Create an account",
    "edit_account": "Change my details",
    "delete_account": "Delete my account",
    "export_my_data": "Get a copy of my data",
    "recover_password": "I forgot my password",
    "registration_problem": "I can't sign in or sign up",
    "subscribe": "Get the newsletter",
    "unsubscribe": "Stop marketing messages",
    "product_availability": "Is it in stock?",
    "reserve_in_store": "Reserve in a store",
    "store_hours": "Stores and opening hours",
    "recommend_product": "Suggest something",
    "product_question": "A question about a product",
    "sizing_help": "Which size fits me?",
    "check_points": "My points",
    "points_history": "My points history",
    "points_expiry": "When my points expire",
    "loyalty_tier": "My tier",
    "how_to_earn": "Ways to earn points",
    "redeem_points": "Turn points into a voucher",
    "membership": "About Lark Club",
    "refer_friend": "Invite a friend",
    "challenges": "Challenges and badges",
    "show_offers": "My offers",
    "apply_offer": "Use an offer",
    "decline_offer": "Hide an offer",
    "talk_to_human": "Talk to a human",
    "complaint": "Make a complaint",
    "contact_info": "How to reach you",
    "leave_review": "Write a review",
    "give_feedback": "Give feedback",
}
"""Intent to title, at most 30 characters. An intent without a title is no wish (`greet`, `inform`)."""


def title_of(intent: str) -> str:
    """The title; empty for what is no wish."""
    return TITLES.get(intent, "")
