"""A credit account at any instant, reckoned from its movements alone, and what each movement rests on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from x_pilot_api.core import lookups, texts
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.languages import Both
from x_pilot_api.core.pagination import PageWish, token_after
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import ClosingStatement, CreditAccount
from x_pilot_api.credits.queries import accounts as accounts_
from x_pilot_api.credits.schemas import EvidenceOut, StatementEntryOut, StatementOut
from x_pilot_api.ledger.rules import effects_table

_MOVED = f"""
SELECT leg.seq, leg.id, leg.entry_id, leg.phase, leg.amount, leg.recorded_at, leg.resolves_id,
    leg.amount * effect.posted AS posted_change, leg.amount * effect.pending_in AS pending_change,
    leg.amount * effect.held_out AS held_change,
    sum(leg.amount * effect.posted) OVER so_far AS posted, sum(leg.amount * effect.pending_in) OVER so_far AS pending,
    sum(leg.amount * effect.held_out) OVER so_far AS held
FROM (
    SELECT 'credit' AS side, credit_seq AS seq, id, entry_id, phase, amount, recorded_at, resolves_id FROM transfers
    WHERE institution_id = :institution_id AND credit_account_id = :account_id AND recorded_at <= :as_of
    UNION ALL
    SELECT 'debit', debit_seq, id, entry_id, phase, amount, recorded_at, resolves_id FROM transfers
    WHERE institution_id = :institution_id AND debit_account_id = :account_id AND recorded_at <= :as_of
) AS leg JOIN {effects_table()} USING (side, phase)
WINDOW so_far AS (ORDER BY leg.seq ROWS UNBOUNDED PRECEDING)
"""

_STANDING = text(f"""
SELECT posted, pending, held, seq, recorded_at FROM ({_MOVED}) AS moved ORDER BY seq DESC LIMIT 1
""")

_ENTRIES = text(f"""
SELECT moved.*, entry.kind, entry.source_kind, entry.source_id, entry.reverses_id,
    outcome.id AS outcome_id, award.id AS award_id, award.number AS award_number, outcome.earned_on,
    certificate.name AS certificate_name, level.level, rule.id AS mapping_id, rule.version AS mapping_version,
    rule.filing_number,
    submitted.kind AS outcome_kind,
    coalesce(submitted.issuer || ' ' || submitted.document_number, course.code || ' ' || course.name) AS outcome_basis,
    (SELECT result.id FROM results AS result WHERE result.institution_id = award.institution_id
        AND result.award_id = award.id ORDER BY result.id DESC LIMIT 1) AS result_id
FROM ({_MOVED}) AS moved
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = moved.entry_id
LEFT JOIN expired_credits AS expired ON entry.source_kind = 'expired_credit'
    AND expired.institution_id = :institution_id AND expired.id = entry.source_id
LEFT JOIN expiry_notices AS notice ON notice.institution_id = :institution_id AND notice.id = expired.notice_id
LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id
    AND outcome.id = CASE entry.source_kind WHEN 'learning_outcome' THEN entry.source_id
        ELSE notice.learning_outcome_id END
LEFT JOIN awards AS award ON award.institution_id = outcome.institution_id AND award.id = outcome.award_id
LEFT JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
LEFT JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN mappings AS rule ON rule.institution_id = outcome.institution_id AND rule.id = outcome.mapping_id
LEFT JOIN submitted_outcomes AS submitted ON submitted.institution_id = :institution_id
    AND submitted.id = CASE entry.source_kind WHEN 'submitted_outcome' THEN entry.source_id
        ELSE notice.submitted_outcome_id END
LEFT JOIN courses AS course ON course.institution_id = :institution_id AND course.id = submitted.course_id
WHERE moved.seq > :after ORDER BY moved.seq LIMIT :size
""")


async def get_visible_account(session: AsyncSession, actor: Actor, account_id: UUID) -> CreditAccount:
    """Find one account that the actor may see."""
    return await lookups.get_one(
        session,
        accounts_.accounts_visible_to(actor).where(CreditAccount.id == account_id),
        what="credit account",
        zh="学分账户",
    )


async def state_account(
    session: AsyncSession, account: CreditAccount, *, as_of: datetime | None, wish: PageWish
) -> StatementOut:
    """State an account as of an instant, a page of its movements at a time; the token keeps the instant."""
    # Movements are dated by the database's clock, and so is what is compared with them.
    now: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    after, moment = _read(wish, as_of, now=now)
    values = {
        "institution_id": account.institution_id,
        "account_id": account.ledger_account_id,
        "as_of": moment,
    }
    standing = (await session.execute(_STANDING, values)).one_or_none()
    rows = (await session.execute(_ENTRIES, values | {"after": after, "size": wish.size + 1})).all()
    posted, pending, held = (int(standing.posted), int(standing.pending), int(standing.held)) if standing else (0, 0, 0)
    items = [_entry(row) for row in rows[: wish.size]]
    has_more = len(rows) > wish.size
    return StatementOut(
        account_id=account.id,
        student_id=account.student_id,
        as_of=moment,
        as_of_last_movement=standing.recorded_at if standing else account.opened_at,
        movements=standing.seq if standing else 0,
        accumulated=posted,
        pending=pending,
        held=held,
        available=posted - held,
        entries=items,
        next_page_token=token_after(str(items[-1].seq), moment.isoformat()) if has_more else None,
    )


def _read(wish: PageWish, as_of: datetime | None, *, now: datetime) -> tuple[int, datetime]:
    """Read where the page begins and which instant it tells of; later than now nothing is known yet."""
    if wish.after is None:
        return 0, min(as_of, now) if as_of is not None else now
    try:
        seq, moment = wish.after
        return int(seq), datetime.fromisoformat(moment)
    except ValueError:
        raise Malformed(what="page_token") from None


def _entry(row: Row[*tuple[Any, ...]]) -> StatementEntryOut:
    return StatementEntryOut(
        seq=row.seq,
        transfer_id=row.id,
        entry_id=row.entry_id,
        recorded_at=row.recorded_at,
        kind=row.kind,
        phase=row.phase,
        amount=row.amount,
        posted_change=row.posted_change,
        pending_change=row.pending_change,
        held_change=row.held_change,
        accumulated_after=int(row.posted),
        pending_after=int(row.pending),
        held_after=int(row.held),
        reverses_entry_id=row.reverses_id,
        evidence=EvidenceOut(
            source_kind=row.source_kind,
            source_id=row.source_id,
            result_id=row.result_id,
            award_id=row.award_id,
            award_number=row.award_number,
            certificate_name=row.certificate_name,
            level=row.level,
            earned_on=row.earned_on,
            mapping_id=row.mapping_id,
            mapping_version=row.mapping_version,
        ),
        says=texts.in_both(_said(row)),
    )


def _said(row: Row[*tuple[Any, ...]]) -> Both:
    movement = rules.said(rules.movement_words(row.kind, row.phase), amount=format_hundredths(row.amount))
    if row.outcome_kind is not None:
        basis = rules.said(rules.OUTCOME_EVIDENCE, kind=row.outcome_kind, basis=row.outcome_basis)
        return Both(movement.zh + basis.zh, f"{movement.en} {basis.en}")
    if row.award_number is None:
        return movement
    evidence = rules.said(
        rules.AWARD_EVIDENCE,
        certificate=row.certificate_name,
        level=row.level,
        number=row.award_number,
        earned_on=row.earned_on,
    )
    parts = [movement, evidence]
    if row.mapping_version is not None:
        parts.append(
            rules.said(rules.RULE_EVIDENCE, version=row.mapping_version, filing_number=row.filing_number or "-")
        )
    return Both("".join(part.zh for part in parts), " ".join(part.en for part in parts))


async def get_closing_statement(session: AsyncSession, account: CreditAccount) -> tuple[ClosingStatement, bytes]:
    """Read what was certified when the account was closed, and its leaf in the institution's log."""
    statement = (
        select(ClosingStatement)
        .where(ClosingStatement.institution_id == account.institution_id, ClosingStatement.account_id == account.id)
        .options(undefer(ClosingStatement.leaf))
    )
    found = await lookups.get_one(session, statement, what="closing statement", zh="销户对账单")
    return found, found.leaf
