"""Paying: invoices, payments that failed, ways to pay, gift cards."""
