"""Conversion rules and limits, each brought to its state by the deeds of its parties."""

from datetime import date

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.demo.dataset import Dataset, MappingRule
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings import commands as mappings
from x_pilot_api.mappings.models import Direction, LimitCode, Mapping, PolicyLimit
from x_pilot_api.mappings.schemas import FilingIn, MappingCourseIn, MappingIn, PublicationIn

_PER_CERTIFICATE = 800


async def load_rules(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Set the limit per certificate, then propose, agree, approve, file and publish every rule."""
    await session.execute(
        insert(PolicyLimit).values(
            institution_id=keys.institution_id,
            code=LimitCode.PER_CERTIFICATE,
            credit_hundredths=_PER_CERTIFICATE,
            document_number="演示数值：每证书至多 8 学分（见于部分院校）",
            effective_from=date(2020, 1, 1),
        )
    )
    for rule in facts.mapping_rules:
        await _publish(session, facts, keys, rule)


async def _publish(session: AsyncSession, facts: Dataset, keys: Keys, rule: MappingRule) -> None:
    programme = next(it for it in facts.programmes if it.code == rule.programme_code)
    entry = next(it for it in facts.catalogue_entries if it.name == rule.certificate_name)
    college = keys.actor(Role.COORDINATOR, college_id=keys.colleges[programme.college_code])
    organisation = keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[entry.organisation])
    office = keys.actor(Role.REGISTRAR)
    mapping = await mappings.propose_mapping(
        session,
        college,
        wish=MappingIn(
            programme_id=keys.programmes[rule.programme_code],
            certificate_level_id=keys.levels[rule.certificate_name, rule.level],
            direction=Direction.CERTIFICATE_TO_COURSE,
            entry_year_from=rule.first_entry_year,
            entry_year_to=rule.last_entry_year,
            courses=[
                MappingCourseIn.model_validate(
                    {
                        "course_id": keys.courses[rule.programme_code, it.course_code],
                        "credit": format_hundredths(it.credit_hundredths),
                        "grade": it.grade,
                    }
                )
                for it in rule.credits
            ],
        ),
    )
    filing = FilingIn(filing_number=rule.filing_number, filed_on=rule.filed_on)
    publication = PublicationIn(effective_from=rule.effective_from, effective_to=rule.effective_until)
    await bring_into_force(
        session, office, mapping, parties=(college, organisation), filing=filing, publication=publication
    )


async def bring_into_force(
    session: AsyncSession,
    office: Actor,
    mapping: Mapping,
    *,
    parties: tuple[Actor, Actor],
    filing: FilingIn,
    publication: PublicationIn,
) -> None:
    """Let both parties agree to a rule, and the office approve, file and publish it on the day of its filing."""
    for party in parties:
        await mappings.agree_mapping(session, party, mapping_id=mapping.id, content_hash=mapping.content_hash)
    today = filing.filed_on
    await mappings.approve_mapping(session, office, mapping_id=mapping.id, today=today)
    await mappings.file_mapping(session, office, mapping_id=mapping.id, filing=filing, today=today)
    await mappings.publish_mapping(session, office, mapping_id=mapping.id, publication=publication, today=today)
