"""Explaining one student's certificate: what is on record, what would be decided now, and what comes next."""

from dataclasses import dataclass

from x_pilot_api.credits.models import AccountState, NextStep, OutcomeReason
from x_pilot_api.credits.rules.families import KIN

# A certificate that still stands comes before a revoked one of the same level.
RECORD = """
SELECT outcome.id AS outcome_id, outcome.award_id, award.number AS award_number, outcome.state, outcome.reason,
    outcome.mapping_id, outcome.rule_credit_hundredths AS rule_credit, outcome.limit_code,
    outcome.limit_credit_hundredths AS limit_credit, outcome.credit_hundredths AS credit,
    outcome.earned_on, outcome.due_at, CASE WHEN outcome.credit_hundredths > 0 THEN outcome.entry_id END AS entry_id
FROM learning_outcomes AS outcome
JOIN awards AS award ON award.institution_id = outcome.institution_id AND award.id = outcome.award_id
WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id
    AND outcome.certificate_level_id = :certificate_level_id
ORDER BY outcome.state = 'revoked', outcome.id DESC LIMIT 1
"""

# What brought no credits is weighed anew, beside a certificate of today if there is none of the level.
WEIGHED = f"""
SELECT outcome.id AS outcome_id, outcome.student_id, outcome.award_id, outcome.certificate_level_id,
    outcome.earned_on, outcome.due_at, outcome.deposits
FROM learning_outcomes AS outcome
JOIN certificate_levels AS held ON held.id = outcome.certificate_level_id AND held.certificate_id IN ({KIN})
WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id AND outcome.state <> 'revoked'
    AND outcome.credit_hundredths = 0
UNION ALL
SELECT NULL, CAST(:student_id AS uuid), NULL, CAST(:certificate_level_id AS uuid), CAST(:today AS date), NULL, 0
WHERE :is_supposed
"""

EXPECTED = """
SELECT mapping_id, rule_credit, limit_code, limit_credit, credit, reason FROM ({decision}) AS made
WHERE certificate_level_id = :certificate_level_id AND outcome_id IS NOT DISTINCT FROM CAST(:outcome_id AS uuid)
"""

RULE_ON_ITS_WAY = """
SELECT version FROM mappings
WHERE institution_id = :institution_id AND programme_id = :programme_id
    AND certificate_level_id = :certificate_level_id AND direction = 'certificate_to_course'
    AND :entry_year BETWEEN entry_year_from AND entry_year_to AND state IN ('draft', 'agreed', 'approved', 'filed')
ORDER BY version DESC LIMIT 1
"""


# What the outcome's credits are used for: one that waits for somebody is told before one that is done.
CONVERSIONS_OF = """
SELECT conversion.id, conversion.awaits, conversion.flagged_at IS NOT NULL AS is_flagged,
    outcome.credit_hundredths - outcome.used_hundredths - outcome.expired_hundredths AS free
FROM learning_outcomes AS outcome
LEFT JOIN conversions AS conversion ON conversion.institution_id = outcome.institution_id
    AND conversion.outcome_id = outcome.id
    AND (conversion.awaits IS NOT NULL OR conversion.flagged_at IS NOT NULL AND conversion.state = 'granted')
WHERE outcome.institution_id = :institution_id AND outcome.id = :outcome_id
ORDER BY conversion.flagged_at IS NULL, conversion.id LIMIT 1
"""


@dataclass(frozen=True)
class Standing:
    """What decides the next step: the reason on record if there is one, the account, what would be brought now."""

    reason: OutcomeReason | None
    account: AccountState | None
    expected: int
    is_rule_on_its_way: bool
    free: int | None = None
    awaits: str | None = None
    is_flagged: bool = False


def next_step(standing: Standing) -> NextStep:
    """Tell what comes next for a certificate's credits."""
    if standing.reason is None:
        return NextStep.EARN_CERTIFICATE
    if standing.reason == OutcomeReason.ACCOUNT_NOT_OPEN:
        is_frozen = standing.account == AccountState.FROZEN
        return NextStep.UNFREEZE_ACCOUNT if is_frozen else NextStep.OPEN_ACCOUNT
    settled = {
        OutcomeReason.DEPOSITED: _use(standing),
        OutcomeReason.DEPOSIT_PENDING: NextStep.WAIT_FOR_OBJECTIONS,
        OutcomeReason.AWARD_REVOKED: NextStep.EARN_AGAIN,
    }
    if standing.is_flagged or standing.reason in settled:
        return NextStep.SETTLE_CONVERSION if standing.is_flagged else settled[standing.reason]
    if standing.expected:
        return NextStep.CATCH_UP
    if standing.reason == OutcomeReason.NO_PUBLISHED_MAPPING:
        return NextStep.AWAIT_RULE if standing.is_rule_on_its_way else NextStep.PROPOSE_RULE
    return NextStep.NOTHING


def _use(standing: Standing) -> NextStep:
    """Tell what comes next for credits that were deposited: some wait for a conversion, are free, or are all used."""
    if standing.awaits is not None:
        return NextStep.AWAIT_CONVERSION
    return NextStep.NOTHING if standing.free == 0 else NextStep.USE_CREDITS
