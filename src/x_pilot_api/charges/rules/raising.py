"""What is charged to whom, as SQL for a whole plan: the fee in force, the payer's rule, and what a group is let off.

The wishes give registration_id, student_id, is_social, college_id, exam_plan_id, certificate_level_id, organisation_id,
exam_form, exam_on and seated_at. What has no published fee stays without a standard, and nothing is invented for it.
"""

UNUSED = "coalesce(guarantee.state IN ('available', 'reserved'), false)"
"""A student is never charged while the guaranteed attempt is unused; its row is locked before this is asked."""

# Kept from their exam, nobody is charged for it again before they have been given a seat since.
UNDONE = "coalesce(wish.seated_at < known.cancelled_at, true)"

_STANDARD = """
LEFT JOIN LATERAL (
    SELECT standard.id, standard.fee_fen FROM fee_standards AS standard
    WHERE standard.institution_id = :institution_id AND standard.state = 'published'
        AND standard.certificate_level_id = wish.certificate_level_id AND standard.exam_form = wish.exam_form
        AND standard.effective_from <= wish.exam_on
        AND (standard.effective_to IS NULL OR standard.effective_to > wish.exam_on)
    ORDER BY standard.effective_from DESC LIMIT 1) AS standard ON true
"""

# The more it names the more it counts; of two that name one thing each the level's goes before the college's.
_RULE = """
LEFT JOIN LATERAL (
    SELECT rule.id, rule.payer FROM payer_rules AS rule
    WHERE rule.institution_id = :institution_id
        AND (rule.certificate_level_id IS NULL OR rule.certificate_level_id = wish.certificate_level_id)
        AND (rule.college_id IS NULL OR rule.college_id = wish.college_id)
        AND rule.effective_from <= wish.exam_on AND (rule.effective_to IS NULL OR rule.effective_to > wish.exam_on)
    ORDER BY num_nonnulls(rule.certificate_level_id, rule.college_id) DESC, rule.certificate_level_id NULLS LAST
    LIMIT 1) AS rule ON true
"""

# Whoever belongs to several groups has what lets them off most; half a fen is left to the payer.
_RELIEF = """
LEFT JOIN LATERAL (
    SELECT relief.id, relief.kind, relief.document_number,
        least(standard.fee_fen, coalesce(relief.amount_fen, standard.fee_fen * relief.share / 10000)) AS amount_fen
    FROM relief_members AS member
    JOIN relief_rules AS relief ON relief.institution_id = member.institution_id AND relief.id = member.relief_rule_id
    WHERE member.institution_id = :institution_id AND member.student_id = wish.student_id
        AND relief.effective_from <= wish.exam_on
        AND (relief.effective_to IS NULL OR relief.effective_to > wish.exam_on)
    ORDER BY 4 DESC, relief.kind DESC, relief.id LIMIT 1) AS relief ON relief.amount_fen > 0
"""


def stage() -> str:
    """Write the statement that stages what each registration is charged; who has a charge already is passed over."""
    return f"""
INSERT INTO staged_charges (charge_id, entry_id, registration_id, student_id, is_social, college_id, exam_plan_id,
    certificate_level_id, organisation_id, exam_form, fee_standard_id, amount_fen, payer_rule_id, payer, is_guaranteed,
    relief_rule_id, relief_kind, relief_fen, relief_document, relief_id, relief_entry_id)
SELECT uuidv7(), uuidv7(), wish.registration_id, wish.student_id, wish.is_social, wish.college_id, wish.exam_plan_id,
    wish.certificate_level_id, wish.organisation_id, wish.exam_form, standard.id, standard.fee_fen, rule.id,
    CASE WHEN rule.payer = 'student' AND {UNUSED} THEN 'institution' ELSE coalesce(rule.payer, 'institution') END,
    {UNUSED}, relief.id, relief.kind, relief.amount_fen, relief.document_number, uuidv7(), uuidv7()
FROM ({{wishes}}) AS wish
LEFT JOIN guarantees AS guarantee ON guarantee.institution_id = :institution_id
    AND guarantee.student_id = wish.student_id
{_STANDARD} {_RULE} {_RELIEF}
WHERE NOT EXISTS (
    SELECT FROM charges AS known WHERE known.institution_id = :institution_id
        AND known.registration_id = wish.registration_id
        AND (known.state <> 'cancelled' OR {UNDONE}))
ORDER BY wish.registration_id
"""


LOCK = """
SELECT guarantee.id FROM guarantees AS guarantee
WHERE guarantee.institution_id = :institution_id
    AND guarantee.student_id IN (SELECT student_id FROM ({wishes}) AS wish)
ORDER BY guarantee.id FOR NO KEY UPDATE
"""
"""Nobody's attempt changes from here until the charges are there: what is decided by it stays true."""

UNCHARGED = """
SELECT certificate_level_id, exam_form, count(*) AS registrations FROM staged_charges
WHERE fee_standard_id IS NULL GROUP BY certificate_level_id, exam_form ORDER BY certificate_level_id, exam_form
"""

WRITE = """
INSERT INTO charges (institution_id, id, organisation_id, registration_id, exam_plan_id, certificate_level_id,
    college_id, student_id, is_social, is_guaranteed, exam_form, fee_standard_id, payer_rule_id, payer, amount_fen,
    waived_fen, subsidised_fen, state, entry_id)
SELECT :institution_id, charge_id, organisation_id, registration_id, exam_plan_id, certificate_level_id, college_id,
    student_id, is_social, is_guaranteed, exam_form, fee_standard_id, payer_rule_id, payer, amount_fen,
    CASE WHEN relief_kind = 'waiver' THEN relief_fen ELSE 0 END,
    CASE WHEN relief_kind = 'subsidy' THEN relief_fen ELSE 0 END,
    CASE WHEN relief_fen = amount_fen THEN 'settled' ELSE 'open' END, entry_id
FROM staged_charges WHERE fee_standard_id IS NOT NULL ORDER BY charge_id
"""

WRITE_RELIEFS = """
INSERT INTO charge_reliefs (institution_id, id, charge_id, kind, amount_fen, relief_rule_id, document_number, entry_id,
    actor_id)
SELECT :institution_id, relief_id, charge_id, relief_kind, relief_fen, relief_rule_id, relief_document,
    relief_entry_id, :actor_id
FROM staged_charges WHERE fee_standard_id IS NOT NULL AND relief_rule_id IS NOT NULL ORDER BY relief_id
"""

TRANSFERS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), moved.entry_id, moved.kind, moved.source_kind, moved.source_id, 1, 'single', 'cny',
    debit.account_id, credit.account_id, moved.amount_fen
FROM (
    SELECT entry_id, 'charge' AS kind, 'charge' AS source_kind, charge_id AS source_id, 'fee_owed_' || payer AS debit,
        'fee_income' AS credit, amount_fen
    FROM staged_charges WHERE fee_standard_id IS NOT NULL
    UNION ALL
    SELECT relief_entry_id, relief_kind, 'charge_relief', relief_id, 'fee_' || relief_kind, 'fee_owed_' || payer,
        relief_fen
    FROM staged_charges WHERE fee_standard_id IS NOT NULL AND relief_rule_id IS NOT NULL
) AS moved
JOIN unnest(CAST(:kinds AS text[]), CAST(:account_ids AS uuid[])) AS debit (kind, account_id)
    ON debit.kind = moved.debit
JOIN unnest(CAST(:kinds AS text[]), CAST(:account_ids AS uuid[])) AS credit (kind, account_id)
    ON credit.kind = moved.credit
ORDER BY moved.source_id
"""
