"""The ground is what the matrix takes it for."""

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import marks
from tests.authz.canaries import Leak, leaks, mark, owners_in
from tests.authz.ground import Ground

WITHOUT_A_MARK = frozenset(
    {
        # Words of ours: states, kinds, codes and hashes say nothing of anybody.
        "state", "status", "kind", "code", "object_kind", "actor_kind", "source_kind", "deed", "role", "unit", "phase",
        "direction", "reason", "outcome", "activity", "grading", "standing", "category", "exam_form", "combination",
        "awaits", "on_loss", "component_code",
        "level", "key_id", "content_hash", "college_agreed_hash", "organisation_agreed_hash", "request_id",
        "institution_agreed_hash", "file_hash", "payer", "presence", "outlook",
        "event_kind", "lineage", "term", "reason_before", "reason_after", "limit_code", "purpose", "excuse_code",
        "seating_order", "room_filling", "claim", "conflict", "consequence", "mode", "digest", "academic_year",
        "reached", "channel", "duty", "cadence", "section_code", "figure_code", "indicator_code",
        "assessment_years.ranking",
        "origin", "training_enrolments.result",
        "seed_teachers.tier",
        "file_kind", "decision", "quarantine_code", "evidence", "document_digest",
        "ground", "print_state", "client_kind", "stem", "severity", "about", "medium", "stage", "demand_group",
        "element", "side", "currency", "guarantee_events.cause",
        "social_participants.result", "social_participants.social_group",
        "pilot_sessions.audience", "tally_deltas.measure",
        # Who issued a policy is public; the texts it is found by are made of those that are marked.
        "policy_drafts.issuing_body", "policy_versions.issuing_body", "policy_versions.search_text",
        "policy_versions.title_text",
        # Counted by us: a year and a number.
        "correction_cases.number",
        # What was certified names the student by id alone.
        "closing_statements.content",
        # Where a deed came from is the audit's to tell, and only whoever audits an institution reads it.
        "audit_events.client_address", "audit_events.client_agent",
        # Shared by everybody who may read the catalogue.
        "assessment_components.name", "certificates.batch",
        # Looked for by themselves, since they cannot hold a mark.
        "awards.verification_code", "identity_documents.masked_number",
        # Never part of any answer but the one to the caller who sent it.
        "idempotency_keys.key", "idempotency_keys.location", "idempotency_keys.method", "idempotency_keys.path",
        "machine_clients.client_id", "machine_clients.secret_hash", "client_keys.kid", "people.password_hash",
        "people.username",
    }
)  # fmt: skip


async def test_every_text_that_is_somebodys_own_is_marked(ground: Ground, session: AsyncSession) -> None:
    assert ground.ids
    found = await marks.unmarked(session, ground.world, exempt=WITHOUT_A_MARK)
    assert not found, "\n".join(["mark these in tests/authz/makings.py:", *found])


def test_what_is_foreign_is_found_and_what_was_asked_for_by_name_is_not() -> None:
    answer = f"Li {mark('s1p0n0')}, Wu {mark('s2')}, 0123"
    known = {"0123": "s1o2", "0456": "s1o2"}
    none: frozenset[str] = frozenset()
    assert owners_in(answer) == {"s1p0n0", "s2"}
    found = leaks(answer, asked="", told=frozenset({"s1p0n0"}), hinted=none, ids=known)
    assert found == [Leak("s2", "a text"), Leak("s1o2", "the id 0123")]
    assert leaks(answer, asked=answer, told=none, hinted=none, ids=known) == []
    assert [
        leak.owner for leak in leaks(answer, asked=mark("s2"), told=none, hinted=frozenset({"s1o2"}), ids=known)
    ] == ["s1p0n0"]
