"""What was made for the ground, and whose each id is."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tests.exams import make


@dataclass
class Made:
    """What was made, and whose each id is."""

    owners: dict[UUID, str] = field(default_factory=dict[UUID, str])
    siblings: dict[int, list[UUID]] = field(default_factory=dict[int, list[UUID]])
    sibling_documents: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    plans: dict[tuple[int, int], make.Plan] = field(default_factory=dict[tuple[int, int], make.Plan])
    notices: dict[tuple[int, int, int], tuple[UUID, UUID]] = field(
        default_factory=dict[tuple[int, int, int], tuple[UUID, UUID]]
    )
    conversions: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    limits: dict[int, UUID] = field(default_factory=dict[int, UUID])
    mappings: dict[tuple[int, int, int, str], UUID] = field(default_factory=dict[tuple[int, int, int, str], UUID])
    standards: dict[tuple[int, int], UUID] = field(default_factory=dict[tuple[int, int], UUID])
    fees: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    waiting_keys: list[UUID] = field(default_factory=list[UUID])
    kids: dict[str, str] = field(default_factory=dict[str, str])
    ceiling_id: UUID = field(default_factory=uuid4)
    endpoints: dict[int, UUID] = field(default_factory=dict[int, UUID])
    deliveries: dict[int, UUID] = field(default_factory=dict[int, UUID])
    register: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    grades: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    spare_organisations: list[UUID] = field(default_factory=list[UUID])
    certificates: dict[tuple[int, str], tuple[UUID, UUID]] = field(
        default_factory=dict[tuple[int, str], tuple[UUID, UUID]]
    )
    policies: list[UUID] = field(default_factory=list[UUID])
    experts: list[UUID] = field(default_factory=list[UUID])
    reviews: dict[tuple[int, int, int, str], UUID] = field(default_factory=dict[tuple[int, int, int, str], UUID])
    items: dict[tuple[int, int, int], UUID] = field(default_factory=dict[tuple[int, int, int], UUID])
    feedback: dict[tuple[int, int, int, str], UUID] = field(default_factory=dict[tuple[int, int, int, str], UUID])
    frozen_accounts: dict[tuple[int, int], UUID] = field(default_factory=dict[tuple[int, int], UUID])
    closed_accounts: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    messages: dict[str, UUID] = field(default_factory=dict[str, UUID])
    jobs: dict[tuple[int, int, str], UUID] = field(default_factory=dict[tuple[int, int, str], UUID])
    simulations: dict[tuple[int, int, int], UUID] = field(default_factory=dict[tuple[int, int, int], UUID])
    imports: dict[tuple[int, int, str], UUID] = field(default_factory=dict[tuple[int, int, str], UUID])
    halls: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    registrations: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    qualifications: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    callbacks: dict[int, UUID] = field(default_factory=dict[int, UUID])
    tills: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    sites: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    certificates_of: dict[tuple[int, int, int], dict[str, Any]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, Any]]
    )
    training: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    pilot: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    reports: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    publications: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    posts: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    joint: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    social: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    supervision: dict[tuple[int, int], dict[str, UUID]] = field(default_factory=dict[tuple[int, int], dict[str, UUID]])
    settling: dict[tuple[int, int, int], dict[str, UUID]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, UUID]]
    )
    results: dict[tuple[int, int, int], dict[str, str]] = field(
        default_factory=dict[tuple[int, int, int], dict[str, str]]
    )
