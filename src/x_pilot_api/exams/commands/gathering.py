"""The pushed rows, staged with all that is known of each, and the outcome that follows from it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import quantities, staging
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import Activity, Grading
from x_pilot_api.exams.schemas import MalformedRow, ResultRowIn

STAGED: Table = staging.staging_table(
    "staged_results",
    Column("row_number", Integer),
    Column("org_result_id", Text),
    Column("revision", Integer),
    Column("activity", Text),
    Column("grading", Text),
    Column("components", JSONB),
    Column("total_hundredths", BigInteger),
    Column("passed", Boolean),
    Column("claimed_total_hundredths", BigInteger),
    Column("claimed_passed", Boolean),
    Column("certificate_number", Text),
    Column("reason", Text),
    Column("document_hash", LargeBinary),
    Column("outcome", Text),
    Column("code", Text),
    Column("field", Text),
    Column("figures", JSONB),
    Column("is_new", Boolean),
    Column("is_released", Boolean),
    Column("is_held", Boolean),
    Column("registration_id", Uuid),
    Column("admission_number", Text),
    Column("certificate_level_id", Uuid),
    Column("identity_document_id", Uuid),
    Column("student_id", Uuid),
    Column("holder_name", Text),
    Column("result_id", Uuid),
    Column("award_id", Uuid),
    Column("issues", Boolean),
    Column("revokes_award_id", Uuid),
)

_PUSHED = f"""
SELECT pushed.*, {rules.IS_JUDGED} AS is_judged FROM unnest(
    CAST(:row_number AS int[]), CAST(:org_result_id AS text[]), CAST(:revision AS int[]),
    CAST(:admission_number AS text[]), CAST(:document_hash AS bytea[]), CAST(:activity AS text[]),
    CAST(:grading AS text[]), CAST(:components AS text[]), CAST(:claimed_total AS int[]),
    CAST(:claimed_passed AS boolean[]), CAST(:certificate_number AS text[]), CAST(:reason AS text[]),
    CAST(:fault AS text[]), CAST(:fault_field AS text[]), CAST(:fault_detail AS text[])
) AS pushed (row_number, org_result_id, revision, admission_number, document_hash, activity, grading, components,
    claimed_total_hundredths, claimed_passed, certificate_number, reason, fault, fault_field, fault_detail)
"""

_EXAMINED = """
SELECT examined.certificate_level_id AS level_id, level.certificate_id, scheme.id AS scheme_id, scheme.combination,
    scheme.pass_mark_hundredths AS pass_mark, part.scheme_needed, part.scheme_codes
FROM exam_plan_levels AS examined
JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
JOIN assessment_schemes AS scheme ON scheme.id = examined.scheme_id
CROSS JOIN LATERAL (
    SELECT count(*) AS scheme_needed, string_agg(code, ', ' ORDER BY code) AS scheme_codes
    FROM assessment_components WHERE scheme_id = scheme.id) AS part
WHERE examined.institution_id = :institution_id AND examined.exam_plan_id = :exam_plan_id
"""

# A row that names nobody, or somebody else, takes no other row's place.
_FOUND = """
SELECT pushed.*, examined.*, registration.id AS registration_id, registration.state AS registration_state,
    (registration.confirmed_at AT TIME ZONE :timezone)::date AS confirmed_on,
    candidate.identity_document_id, candidate.student_id, candidate.name AS holder_name,
    is_identified AS same_document, admission.exited_on,
    row_number() OVER (PARTITION BY is_identified, pushed.org_result_id ORDER BY pushed.row_number) AS nth_of_result,
    row_number() OVER (PARTITION BY is_identified, registration.id ORDER BY pushed.row_number) AS nth_of_registration,
    min(pushed.document_hash) OVER same_number <> max(pushed.document_hash) OVER same_number
        OR min(examined.level_id::text) OVER same_number <> max(examined.level_id::text) OVER same_number
        AS number_is_shared
FROM pushed
LEFT JOIN registrations AS registration ON registration.institution_id = :institution_id
    AND registration.exam_plan_id = :exam_plan_id AND registration.admission_number = pushed.admission_number
LEFT JOIN examined ON examined.level_id = registration.certificate_level_id
LEFT JOIN candidates AS candidate ON candidate.institution_id = :institution_id
    AND candidate.id = registration.candidate_id
LEFT JOIN identity_documents AS document ON document.institution_id = :institution_id
    AND document.id = candidate.identity_document_id
LEFT JOIN admissions AS admission ON admission.institution_id = :institution_id
    AND admission.college_id = registration.college_id AND admission.certificate_id = examined.certificate_id
CROSS JOIN LATERAL (
    SELECT pushed.fault IS NULL AND coalesce(document.lookup_hash = pushed.document_hash, false) AS is_identified
) AS identification
WINDOW same_number AS (PARTITION BY is_identified, pushed.certificate_number)
"""

# A component's share of the total is its score as part of its full mark, times its weight. Shares without end are cut
# short far beyond the ninth place: rounding there first lets a half that thirds add up to be a half.
_SCORED = f"""
SELECT score.row_number, count(*) FILTER (WHERE is_given) AS given, count(score.known_code) AS known,
    string_agg(score.code, ', ' ORDER BY score.code) FILTER (WHERE is_given) AS given_codes,
    min(score.code) FILTER (WHERE is_wild) AS wild_code,
    (array_agg(score.score ORDER BY score.code) FILTER (WHERE is_wild))[1] AS wild_score,
    (array_agg(score.full_mark_hundredths ORDER BY score.code) FILTER (WHERE is_wild))[1] AS wild_full_mark,
    round(round(sum(score.mark * score.weight_percent * 100 / score.full_mark_hundredths), 9))::bigint AS total,
    bool_and(score.mark >= coalesce(score.pass_mark_hundredths, 0)) AS every_mark_reached
FROM ({rules.MARKS}) AS score GROUP BY score.row_number
"""

# What is there of each row is looked up row by row: a plan made before there are statistics, as after a restore, would
# compare every row with every result. And what one step found is not worked out again for each use the next makes of
# it: OFFSET 0 keeps the planner from writing it out there.
_GATHERED = """
SELECT found.*, coalesce(scored.given, 0) AS given, coalesce(scored.known, 0) AS known, scored.given_codes,
    found.scheme_needed - coalesce(needed.components, 0) AS needed,
    CASE WHEN needed.components > 0 THEN coalesce(needed.codes, '-') ELSE found.scheme_codes END AS needed_codes,
    scored.wild_code, scored.wild_score,
    scored.wild_full_mark,
    CASE WHEN found.is_judged THEN scored.total END AS total_hundredths,
    CASE WHEN found.is_judged THEN scored.every_mark_reached
        AND (found.combination = 'every_component' OR scored.total >= found.pass_mark) END AS passed,
    latest.revision AS latest_revision, latest.registration_id AS latest_registration_id,
    latest.standing AS latest_standing, latest.quarantine_code AS latest_quarantine_code,
    latest.id AS latest_id, latest.is_held AS latest_is_held,
    latest.activity = found.activity AND latest.grading = found.grading
        AND latest.components = CAST(found.components AS jsonb)
        AND latest.claimed_total_hundredths IS NOT DISTINCT FROM found.claimed_total_hundredths
        AND latest.claimed_passed IS NOT DISTINCT FROM found.claimed_passed
        AND latest.certificate_number IS NOT DISTINCT FROM found.certificate_number AS same_content,
    effective.id AS effective_id, effective.org_result_id AS effective_org_result_id,
    effective.award_id AS effective_award_id, effective.grading AS effective_grading, held.id AS held_award_id,
    found.certificate_number IS NOT NULL AND (found.number_is_shared OR EXISTS (
        SELECT FROM award_numbers AS borne
        JOIN awards AS other ON other.institution_id = borne.institution_id AND other.id = borne.award_id
        WHERE borne.institution_id = :institution_id AND borne.organisation_id = :organisation_id
            AND borne.number = found.certificate_number AND other.state <> 'revoked'
            AND (other.identity_document_id, other.certificate_level_id)
                <> (found.identity_document_id, found.level_id)
    )) AS number_is_taken
FROM found
LEFT JOIN scored ON scored.row_number = found.row_number
LEFT JOIN needed ON needed.row_number = found.row_number
LEFT JOIN LATERAL (
    SELECT * FROM results WHERE results.institution_id = :institution_id
        AND results.organisation_id = :organisation_id AND results.org_result_id = found.org_result_id
    ORDER BY results.revision DESC LIMIT 1) AS latest ON true
LEFT JOIN LATERAL (
    SELECT * FROM results WHERE results.institution_id = :institution_id
        AND results.registration_id = found.registration_id AND results.standing = 'effective'
    LIMIT 1) AS effective ON true
LEFT JOIN LATERAL (
    SELECT awards.id FROM awards WHERE awards.institution_id = :institution_id
        AND awards.identity_document_id = found.identity_document_id
        AND awards.certificate_level_id = found.level_id AND awards.state <> 'revoked'
    LIMIT 1) AS held ON true
OFFSET 0
"""

_DECIDED = f"""
SELECT grounds.*,
    CASE
        WHEN refusal IS NOT NULL THEN 'rejected'
        WHEN is_released AND coalesce(effective_id, latest_id) = latest_id THEN 'accepted'
        WHEN is_released THEN 'corrected'
        WHEN {rules.IS_AGAIN} AND latest_standing = 'quarantined' THEN 'quarantined'
        WHEN {rules.IS_AGAIN} THEN 'unchanged'
        WHEN doubt IS NOT NULL THEN 'quarantined'
        WHEN latest_revision IS NOT NULL THEN 'corrected'
        ELSE 'accepted'
    END AS outcome
FROM (
    SELECT gathered.*, coalesce({rules.IS_RELEASED}, false) AS is_released,
        CASE WHEN fault IS NOT NULL THEN fault ELSE {rules.first_code(rules.REFUSALS)} END AS refusal,
        CASE WHEN {rules.IS_AGAIN} THEN latest_quarantine_code
            ELSE {rules.first_code(rules.QUARANTINES)} END AS doubt
    FROM gathered OFFSET 0
) AS grounds
OFFSET 0
"""

# A certificate is lost only when no other result of its holder still stands for it.
_EFFECTS = f"""
SELECT decided.*,
    CASE outcome WHEN 'rejected' THEN refusal WHEN 'quarantined' THEN doubt END AS code,
    counts AND passed AND NOT (CAST(:holds AS boolean) AND effective_award_id IS NULL) AS earns,
    counts AND CAST(:holds AS boolean) AND effective_award_id IS NULL AS is_held,
    (outcome IN ('accepted', 'corrected') AND NOT is_released)
        OR (outcome = 'quarantined' AND NOT coalesce({rules.IS_AGAIN}, false)) AS is_new,
    outcome = 'corrected' AND effective_award_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM results AS other WHERE other.institution_id = :institution_id
            AND other.award_id = effective_award_id AND other.standing = 'effective'
            AND other.id <> effective_id) AS may_lose
FROM decided
CROSS JOIN LATERAL (SELECT outcome IN ('accepted', 'corrected') AND is_judged AND grading IN ('final', 'corrected')
    AS counts) AS final
OFFSET 0
"""

STAGE = text(f"""
INSERT INTO staged_results (row_number, org_result_id, revision, activity, grading, components, total_hundredths,
    passed, claimed_total_hundredths, claimed_passed, certificate_number, reason, document_hash, outcome, code, field,
    figures, is_new, is_released, is_held, registration_id, admission_number, certificate_level_id,
    identity_document_id, student_id, holder_name, result_id, award_id, issues, revokes_award_id)
WITH pushed AS MATERIALIZED ({_PUSHED}), examined AS MATERIALIZED ({_EXAMINED}), found AS MATERIALIZED ({_FOUND}),
exempt AS MATERIALIZED ({rules.EXEMPT}), needed AS MATERIALIZED ({rules.NEEDED}),
scored AS MATERIALIZED ({_SCORED}), gathered AS ({_GATHERED}), decided AS ({_DECIDED}), effects AS ({_EFFECTS})
SELECT row_number, org_result_id, revision, activity, grading, CAST(components AS jsonb), total_hundredths, passed,
    claimed_total_hundredths, claimed_passed, certificate_number, reason, document_hash, outcome, code,
    CASE WHEN code = fault THEN fault_field ELSE CASE code {rules.columns_by_code()} END END,
    CASE WHEN code = fault THEN jsonb_build_object('detail', fault_detail)
        ELSE CASE code {rules.figures_by_code()} END END,
    is_new, is_released AND outcome <> 'rejected', coalesce(is_held, false), registration_id, admission_number,
    level_id, identity_document_id, student_id, holder_name,
    CASE WHEN is_new THEN uuidv7() WHEN outcome <> 'rejected' THEN latest_id END,
    CASE WHEN earns THEN coalesce(held_award_id, uuidv7()) END,
    earns AND held_award_id IS NULL,
    CASE WHEN may_lose AND NOT coalesce(earns, false) THEN effective_award_id END
FROM effects
""")  # fmt: skip


_COLUMNS = (
    "row_number", "org_result_id", "revision", "admission_number", "document_hash", "activity", "grading", "components",
    "claimed_total", "claimed_passed", "certificate_number", "reason", "fault", "fault_field", "fault_detail",
)  # fmt: skip
_ACTIVITIES = frozenset(Activity)
_GRADINGS = frozenset(Grading)

Fault = tuple[str | None, str | None, str | None]


def columns_of(
    rows: Sequence[ResultRowIn | MalformedRow], sealer: Sealer, *, numbers: Sequence[int] | None = None
) -> dict[str, list[object]]:
    """Turn rows into columns, document numbers hashed, scores in hundredths; rows count from 1 if not numbered."""
    records: list[tuple[object, ...]] = []
    scores: list[tuple[int, str, int]] = []
    for number, row in zip(numbers or range(1, len(rows) + 1), rows, strict=True):
        if isinstance(row, MalformedRow):
            unknown = (None,) * (len(_COLUMNS) - 5)
            records.append((number, row.org_result_id, *unknown, "row_malformed", row.field, row.detail))
            continue
        fault, total, components = _read(row)
        scores += [(number, code, score) for code, score in components.items()]
        records.append(
            (
                number,
                row.org_result_id,
                row.revision,
                row.admission_number,
                sealer.lookup_hash(row.document_kind, row.document_number.upper()),
                row.activity,
                row.grading,
                _json(components),
                total,
                row.passed,
                row.certificate_number,
                row.reason,
                *fault,
            )
        )
    columns = {name: list(column) for name, column in zip(_COLUMNS, zip(*records, strict=True), strict=True)}
    for place, name in enumerate(("score_row", "score_code", "score")):
        columns[name] = [score[place] for score in scores]
    return columns


_KEPT = text("""
SELECT result.org_result_id, result.revision, registration.admission_number, document.lookup_hash AS document_hash,
    result.activity, result.grading, result.components, result.claimed_total_hundredths AS claimed_total,
    result.claimed_passed, result.certificate_number, result.reason
FROM results AS result
JOIN registrations AS registration ON registration.institution_id = result.institution_id
    AND registration.id = result.registration_id
JOIN candidates AS candidate ON candidate.institution_id = result.institution_id
    AND candidate.id = registration.candidate_id
JOIN identity_documents AS document ON document.institution_id = result.institution_id
    AND document.id = candidate.identity_document_id
WHERE result.institution_id = :institution_id AND result.id = ANY(CAST(:result_ids AS uuid[])) ORDER BY result.id
""")


async def columns_of_kept(
    session: AsyncSession, *, institution_id: UUID, result_ids: Sequence[UUID], change: Mapping[str, Any]
) -> dict[str, list[object]]:
    """Turn revisions that are kept already into the columns that they came in, or their next ones into some."""
    values = {"institution_id": institution_id, "result_ids": list(result_ids)}
    kept = [dict(row) | dict(change) for row in (await session.execute(_KEPT, values)).mappings().all()]
    columns: dict[str, list[object]] = {
        name: [row[name] for row in kept]
        for name in _COLUMNS
        if name not in {"row_number", "components", "fault", "fault_field", "fault_detail"}
    }
    scores = [
        (number, code, score) for number, row in enumerate(kept, start=1) for code, score in row["components"].items()
    ]
    made: dict[str, list[Any]] = {
        "row_number": list(range(1, len(kept) + 1)),
        "components": [_json(row["components"]) for row in kept],
        **dict.fromkeys(("fault", "fault_field", "fault_detail"), [None] * len(kept)),
        "score_row": [score[0] for score in scores],
        "score_code": [score[1] for score in scores],
        "score": [score[2] for score in scores],
    }
    return columns | made


def _json(components: Mapping[str, int]) -> str:
    return to_json(components).decode()


def _read(row: ResultRowIn) -> tuple[Fault, int | None, dict[str, int]]:
    """Read a row's figures, and the first thing about it that no figure in the database is needed to refuse."""
    fault: Fault = (None, None, None)
    components: dict[str, int] = {}
    total: int | None = None
    if row.activity not in _ACTIVITIES:
        fault = ("unknown_activity", "activity", row.activity)
    elif row.grading not in _GRADINGS:
        fault = ("unknown_grading", "grading", row.grading)
    try:
        total = quantities.parse_hundredths(row.total) if row.total is not None else None
    except ValueError as error:
        fault = ("score_malformed", "total", str(error))
    try:
        components = {code: quantities.parse_hundredths(score) for code, score in row.components.items()}
    except ValueError as error:
        fault = ("score_malformed", "components", str(error))
    return fault, total, components
