"""Lark Club: points, tiers and vouchers."""
