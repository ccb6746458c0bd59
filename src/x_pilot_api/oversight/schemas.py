"""What is told of the audit and of the logs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field


class AuditEventOut(BaseModel):
    """One deed: who did what to what, from where, and what it changed."""

    id: UUID
    recorded_at: datetime
    actor_kind: str = Field(examples=["person"], description="person, machine or system")
    actor_id: UUID
    deed: str = Field(examples=["approve_mapping"])
    object_kind: str = Field(examples=["mapping"])
    object_id: UUID
    request_id: str = Field(description="X-Request-Id of the answer; - when nobody asked")
    detail: dict[str, Any] = Field(description="Figures and codes")
    before: dict[str, Any] | None = Field(description="The fields that the deed changed, as they were")
    after: dict[str, Any] | None = Field(description="The same fields, as they became; personal values are ***")
    client_address: str | None = Field(description="Null when nobody asked over the network")
    client_agent: str | None = Field(examples=["Firefox"], description="The kind of program")


class CheckpointOut(BaseModel):
    """What a log was when it was sealed, signed."""

    number: int = Field(description="The seal's number, from 1 without gaps")
    size: int = Field(description="How many leaves the log had")
    root: str = Field(description="Root of the Merkle tree (RFC 9162), base64")
    sealed_at: datetime
    checkpoint: str = Field(description="Signed note (C2SP tlog-checkpoint)")
    verifier_key: str = Field(description="Public key in the form verifiers of signed notes take")


class ProofOut(BaseModel):
    """A proof about a log's tree (RFC 9162)."""

    size: int = Field(description="The size of the tree the proof leads to")
    root: str = Field(description="The root it leads to, base64")
    hashes: list[str] = Field(description="The proof's hashes in order, base64")


class InclusionProofOut(ProofOut):
    """A proof that a leaf is in a log."""

    leaf_number: int = Field(description="Where the leaf stands, from 0")


class ConsistencyProofOut(ProofOut):
    """A proof that an earlier tree is the beginning of a later one."""

    first: int = Field(description="The size of the earlier tree")
    first_root: str = Field(description="The root of the earlier tree, base64")
