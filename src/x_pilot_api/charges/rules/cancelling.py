"""Undoing charges to the fen, as SQL: the entry and its reliefs reversed, what was paid given back and set off."""

STAGE = """
INSERT INTO staged_cancellations (charge_id, entry_id, payer, paid_fen, due_fen, refund_id, refund_entry_id,
    set_off_entry_id, registration_id)
SELECT held.id, held.entry_id, held.payer, held.paid_fen, held.paid_fen - held.refunded_fen, uuidv7(), uuidv7(),
    uuidv7(), held.registration_id
FROM (
    SELECT charge.* FROM charges AS charge
    WHERE charge.institution_id = :institution_id AND charge.state <> 'cancelled' AND {of}
    ORDER BY charge.id FOR NO KEY UPDATE) AS held
"""

ENTRIES = "SELECT entry_id, uuidv7(), 'cancel_charge' FROM staged_cancellations"

RELIEF_ENTRIES = """
SELECT relief.entry_id, uuidv7(), 'cancel_relief' FROM charge_reliefs AS relief
JOIN staged_cancellations AS staged ON staged.charge_id = relief.charge_id
WHERE relief.institution_id = :institution_id
"""

MONEY = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), moved.entry_id, moved.kind, moved.source_kind, moved.source_id, 1, 'single', 'cny',
    debit.account_id, credit.account_id, moved.amount_fen
FROM (
    SELECT refund_entry_id AS entry_id, 'refund' AS kind, 'charge_refund' AS source_kind, refund_id AS source_id,
        'fee_refunded' AS debit, 'fee_received' AS credit, due_fen AS amount_fen
    FROM staged_cancellations WHERE due_fen > 0
    UNION ALL
    SELECT set_off_entry_id, 'set_off', 'charge', charge_id, 'fee_owed_' || payer, 'fee_refunded', paid_fen
    FROM staged_cancellations WHERE paid_fen > 0
) AS moved
JOIN unnest(CAST(:kinds AS text[]), CAST(:account_ids AS uuid[])) AS debit (kind, account_id)
    ON debit.kind = moved.debit
JOIN unnest(CAST(:kinds AS text[]), CAST(:account_ids AS uuid[])) AS credit (kind, account_id)
    ON credit.kind = moved.credit
ORDER BY moved.source_id
"""

REFUNDS = """
INSERT INTO charge_refunds (institution_id, id, charge_id, cause, amount_fen, reason, entry_id, actor_id)
SELECT :institution_id, refund_id, charge_id, :cause, due_fen, :reason, refund_entry_id, :actor_id
FROM staged_cancellations WHERE due_fen > 0 ORDER BY refund_id
"""

CANCEL = """
UPDATE charges AS charge
SET state = 'cancelled', cancelled_at = :now, refunded_fen = charge.paid_fen, waived_fen = 0, subsidised_fen = 0
FROM staged_cancellations AS staged
WHERE charge.institution_id = :institution_id AND charge.id = staged.charge_id
"""

# What a student would still be charged though their attempt has come back is the institution's to pay.
TO_REASSIGN = """
charge.payer = 'student' AND charge.student_id IN (
    SELECT guarantee.student_id FROM guarantees AS guarantee
    WHERE guarantee.institution_id = :institution_id AND guarantee.state IN ('available', 'reserved')
        AND guarantee.student_id IN (SELECT student_id FROM ({wishes}) AS wish))
"""

STAGE_AGAIN = """
INSERT INTO staged_charges (charge_id, entry_id, registration_id, student_id, is_social, college_id, exam_plan_id,
    certificate_level_id, organisation_id, exam_form, fee_standard_id, amount_fen, payer_rule_id, payer, is_guaranteed)
SELECT uuidv7(), uuidv7(), charge.registration_id, charge.student_id, charge.is_social, charge.college_id,
    charge.exam_plan_id, charge.certificate_level_id, charge.organisation_id, charge.exam_form,
    charge.fee_standard_id, charge.amount_fen, charge.payer_rule_id, 'institution', true
FROM staged_cancellations AS staged
JOIN charges AS charge ON charge.institution_id = :institution_id AND charge.id = staged.charge_id
ORDER BY charge.id
"""
