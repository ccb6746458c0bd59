"""Decisions about what is made known."""

from x_pilot_api.publications.rules.bulletins import BULLETIN
from x_pilot_api.publications.rules.bulletins import DRAFT as BULLETIN_DRAFT
from x_pilot_api.publications.rules.cases import CASE
from x_pilot_api.publications.rules.policies import DOCUMENT
from x_pilot_api.publications.rules.policies import DRAFT as POLICY_DRAFT

__all__ = ["BULLETIN", "BULLETIN_DRAFT", "CASE", "DOCUMENT", "POLICY_DRAFT"]
