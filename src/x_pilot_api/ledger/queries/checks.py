"""What must be so in every book at every moment, each as a query of the places where it is not.

Each counts anew from the transfers alone, in one statement, so that what is posted meanwhile disturbs nothing. A query
gives the table, the row's id, and what is wrong there.
"""

from collections.abc import Mapping

from x_pilot_api.ledger import rules

_OWN = "institution_id = :institution_id"

_SIDES = f"""
SELECT debit_account_id AS account_id, 'debit' AS side, id, phase, amount, debit_seq AS seq,
    debit_available AS available
FROM transfers WHERE {_OWN}
UNION ALL
SELECT credit_account_id, 'credit', id, phase, amount, credit_seq, credit_available FROM transfers WHERE {_OWN}
"""

# Each account is counted in its own unit, whatever the transfer says: two units in one transfer leave both uneven.
_SUMS = f"""
SELECT 'ledger_accounts', NULL::uuid, 'the sum over all accounts in ' || account.unit || ' is '
    || sum(sides.amount * effect.posted) || ', not 0'
FROM ({_SIDES}) AS sides JOIN {rules.effects_table()} USING (side, phase)
JOIN ledger_accounts AS account ON account.{_OWN} AND account.id = sides.account_id
GROUP BY account.unit HAVING sum(sides.amount * effect.posted) <> 0
"""

_MOVED = f"""
SELECT sides.account_id, sides.id, sides.seq, sides.available,
    row_number() OVER so_far AS nth,
    sum(sides.amount * (effect.posted - effect.held_out)) OVER so_far AS running,
    sum(sides.amount * effect.posted) OVER so_far AS posted,
    sum(sides.amount * effect.pending_in) OVER so_far AS pending_in,
    sum(sides.amount * effect.held_out) OVER so_far AS held_out
FROM ({_SIDES}) AS sides JOIN {rules.effects_table()} USING (side, phase)
JOIN ledger_accounts AS account ON account.{_OWN} AND account.id = sides.account_id AND account.is_limited
WINDOW so_far AS (PARTITION BY sides.account_id ORDER BY sides.seq, sides.id ROWS UNBOUNDED PRECEDING)
"""

_PREFIXES = f"""
SELECT 'transfers', moved.id, wrong.said || ' (account ' || moved.account_id || ', movement ' || moved.nth || ')'
FROM ({_MOVED}) AS moved
CROSS JOIN LATERAL (VALUES
    (moved.seq IS NULL, 'a movement of a limited account is not numbered'),
    (moved.seq <> moved.nth, 'it is numbered ' || moved.seq || ', so a movement is missing or there twice'),
    (least(moved.running, moved.posted, moved.pending_in, moved.held_out) < 0,
        'the account falls below zero: available ' || moved.running || ', posted ' || moved.posted || ', pending '
        || moved.pending_in || ', held ' || moved.held_out),
    (moved.available IS DISTINCT FROM moved.running,
        'it says ' || coalesce(moved.available::text, 'nothing') || ' is available, and there is ' || moved.running)
) AS wrong (is_so, said) WHERE wrong.is_so
"""

_NUMBERED = f"""
SELECT 'transfers', sides.id, 'a movement of an institution''s own account is numbered'
FROM ({_SIDES}) AS sides
JOIN ledger_accounts AS account ON account.{_OWN} AND account.id = sides.account_id AND NOT account.is_limited
WHERE sides.seq IS NOT NULL OR sides.available IS NOT NULL
"""

_BALANCES = f"""
WITH due AS (
    SELECT sides.account_id, count(*) AS seq, sum(sides.amount * effect.posted) AS posted,
        sum(sides.amount * effect.pending_in) AS pending_in, sum(sides.amount * effect.held_out) AS held_out
    FROM ({_SIDES}) AS sides JOIN {rules.effects_table()} USING (side, phase) GROUP BY sides.account_id
)
SELECT 'ledger_balances', coalesce(account.id, balance.account_id), CASE
    WHEN account.id IS NULL THEN 'it is the balance of no account'
    WHEN balance.account_id IS NULL THEN 'the limited account has no balance'
    WHEN NOT account.is_limited THEN 'the institution''s own account has a balance'
    ELSE concat('it says posted ', balance.posted, ', pending ', balance.pending_in, ', held ', balance.held_out,
        ', movements ', balance.seq, ', and its transfers say ', coalesce(due.posted, 0), ', ',
        coalesce(due.pending_in, 0), ', ', coalesce(due.held_out, 0), ', ', coalesce(due.seq, 0)) END
FROM (SELECT * FROM ledger_accounts WHERE {_OWN}) AS account
FULL JOIN (SELECT * FROM ledger_balances WHERE {_OWN}) AS balance ON balance.account_id = account.id
LEFT JOIN due ON due.account_id = account.id
WHERE account.id IS NULL OR account.is_limited <> (balance.account_id IS NOT NULL)
    OR account.is_limited AND (balance.posted, balance.pending_in, balance.held_out, balance.seq) IS DISTINCT FROM
        (coalesce(due.posted, 0), coalesce(due.pending_in, 0), coalesce(due.held_out, 0), coalesce(due.seq, 0))
"""

_TRANSFERS = f"""
SELECT 'transfers', moved.id, wrong.said
FROM (SELECT * FROM transfers WHERE {_OWN}) AS moved
LEFT JOIN journal_entries AS entry ON entry.{_OWN} AND entry.id = moved.entry_id
LEFT JOIN ledger_accounts AS debit ON debit.{_OWN} AND debit.id = moved.debit_account_id
LEFT JOIN ledger_accounts AS credit ON credit.{_OWN} AND credit.id = moved.credit_account_id
LEFT JOIN transfers AS pending ON pending.{_OWN} AND pending.id = moved.resolves_id
CROSS JOIN LATERAL (VALUES
    (entry.id IS NULL, 'its entry ' || moved.entry_id || ' is gone'),
    (debit.id IS NULL, 'the account ' || moved.debit_account_id || ' it takes from is gone'),
    (credit.id IS NULL, 'the account ' || moved.credit_account_id || ' it gives to is gone'),
    (moved.unit <> debit.unit OR moved.unit <> credit.unit,
        'it moves ' || moved.unit || ' between accounts of ' || debit.unit || ' and ' || credit.unit),
    (moved.amount < 1, 'it moves ' || moved.amount),
    (moved.phase NOT IN ('single', 'pending', 'post', 'void', 'timed_out'), 'its phase is ' || moved.phase),
    ((moved.phase IN ('post', 'void', 'timed_out')) <> (moved.resolves_id IS NOT NULL),
        'its phase is ' || moved.phase || ', and it ends '
        || coalesce('the transfer ' || moved.resolves_id, 'no transfer')),
    (moved.resolves_id IS NOT NULL AND pending.id IS NULL, 'the transfer ' || moved.resolves_id || ' it ends is gone'),
    (pending.phase <> 'pending', 'it ends ' || moved.resolves_id || ', which is not pending'),
    ((pending.amount, pending.unit, pending.debit_account_id, pending.credit_account_id)
        <> (moved.amount, moved.unit, moved.debit_account_id, moved.credit_account_id),
        'it ends ' || moved.resolves_id || ' otherwise than that was'),
    (moved.recorded_at < pending.recorded_at, 'it ends ' || moved.resolves_id || ' before that was')
) AS wrong (is_so, said) WHERE wrong.is_so
"""

_RESOLVED_TWICE = f"""
SELECT 'transfers', resolves_id, 'it was ended ' || count(*) || ' times'
FROM transfers WHERE {_OWN} AND resolves_id IS NOT NULL GROUP BY resolves_id HAVING count(*) > 1
"""

_TIME_OUTS = f"""
SELECT 'transfer_time_outs', due.id, 'it is the time-out of no pending transfer'
FROM transfer_time_outs AS due
LEFT JOIN transfers AS moved ON moved.{_OWN} AND moved.id = due.id AND moved.phase = 'pending'
WHERE due.{_OWN} AND moved.id IS NULL
UNION ALL
SELECT 'transfers', ended.id, 'it timed out, and no transfer of its entry had a time-out that was over'
FROM transfers AS ended
JOIN transfers AS pending ON pending.{_OWN} AND pending.id = ended.resolves_id
WHERE ended.{_OWN} AND ended.phase = 'timed_out' AND NOT EXISTS (
    SELECT FROM transfers AS linked
    JOIN transfer_time_outs AS due ON due.{_OWN} AND due.id = linked.id
    WHERE linked.{_OWN} AND linked.entry_id = pending.entry_id)
"""

_ENTRIES = f"""
SELECT 'journal_entries', entry.id, wrong.said
FROM (SELECT * FROM journal_entries WHERE {_OWN}) AS entry
LEFT JOIN journal_entries AS before ON before.{_OWN} AND before.id = entry.reverses_id
CROSS JOIN LATERAL (VALUES
    (NOT EXISTS (SELECT FROM transfers AS moved WHERE moved.{_OWN} AND moved.entry_id = entry.id),
        'it has no transfer'),
    (entry.reverses_id IS NOT NULL AND before.id IS NULL, 'the entry ' || entry.reverses_id || ' it reverses is gone'),
    (before.recorded_at > entry.recorded_at, 'it reverses ' || entry.reverses_id || ' before that was'),
    ((before.source_kind, before.source_id) <> (entry.source_kind, entry.source_id),
        'it reverses ' || entry.reverses_id || ', which rests on something else')
) AS wrong (is_so, said) WHERE wrong.is_so
"""

_REVERSED_TWICE = f"""
SELECT 'journal_entries', reverses_id, 'it was reversed ' || count(*) || ' times'
FROM journal_entries WHERE {_OWN} AND reverses_id IS NOT NULL GROUP BY reverses_id HAVING count(*) > 1
"""

# What a reversal moves is what the entry moved, voided or the other way round.
_REVERSALS = f"""
SELECT 'transfers', back.id, 'the entry it takes back, ' || entry.reverses_id || ', moved no such amount'
FROM journal_entries AS entry
JOIN transfers AS back ON back.{_OWN} AND back.entry_id = entry.id
WHERE entry.{_OWN} AND entry.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM transfers AS moved
    WHERE moved.{_OWN} AND moved.entry_id = entry.reverses_id AND moved.phase IN ('single', 'pending')
        AND moved.unit = back.unit AND moved.amount = back.amount AND (
            (back.phase = 'void' AND back.resolves_id = moved.id)
            OR (back.phase = 'single' AND back.debit_account_id = moved.credit_account_id
                AND back.credit_account_id = moved.debit_account_id)))
"""

CHECKS: Mapping[str, str] = {
    "sum": _SUMS,
    "prefix": _PREFIXES,
    "numbering": _NUMBERED,
    "balance": _BALANCES,
    "transfer": _TRANSFERS,
    "ended_once": _RESOLVED_TWICE,
    "time_out": _TIME_OUTS,
    "entry": _ENTRIES,
    "reversed_once": _REVERSED_TWICE,
    "reversal": _REVERSALS,
}
"""The checks by name, in the order in which their findings are told."""
