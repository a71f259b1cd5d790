"""Claims: what did not arrive, arrived broken, or was not what was ordered; and what is done about it."""

from crm_store.claims.deciding import REPEATED, REPEATED_WITHIN, Decision, Doubt, decide
from crm_store.claims.reading import count_claims, get_claim, list_claims
from crm_store.claims.resending import REPLACEMENT
from crm_store.claims.settling import Report, points_key, settle
from crm_store.claims.standing import ClaimLine, ClaimStanding, claim_standings

__all__ = [
    "REPEATED",
    "REPEATED_WITHIN",
    "REPLACEMENT",
    "ClaimLine",
    "ClaimStanding",
    "Decision",
    "Doubt",
    "Report",
    "claim_standings",
    "count_claims",
    "decide",
    "get_claim",
    "list_claims",
    "points_key",
    "settle",
]
