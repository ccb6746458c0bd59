"""The logs: checkpoints and proofs for everybody; they tell sizes and hashes, and nothing of what is in a log."""

import base64
import binascii
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import Malformed, NotFound
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.models import PLATFORM, Log
from x_pilot_api.oversight.queries import Sealed
from x_pilot_api.oversight.schemas import CheckpointOut, ConsistencyProofOut, InclusionProofOut

router = AreaRouter(tags=["oversight"])

Name = Annotated[str, Path(max_length=64, description="An institution's id, or platform")]
Size = Annotated[int, Query(ge=1, le=2**53, description="The size of a sealed tree")]
_HASH_BYTES = 32


def _log(name: str) -> Log:
    if name == PLATFORM:
        return Log()
    try:
        return Log(UUID(name))
    except ValueError:
        raise NotFound(what="log", zh="日志") from None


def _told(service: Service, log: Log, seal: Sealed) -> CheckpointOut:
    return CheckpointOut(
        number=seal.number,
        size=seal.size,
        root=_base64(seal.root),
        sealed_at=seal.sealed_at,
        checkpoint=seal.checkpoint,
        verifier_key=service.log_key.verifier(log.origin(service.settings.issuer), seal.checkpoint),
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


@router.get("/logs/{log}/checkpoints", dependencies=[public()])
async def list_checkpoints(
    request: Request, response: Response, session: Session, service: CurrentService, log: Name, page: Page
) -> PageOut[CheckpointOut]:
    """List a log's signed checkpoints, oldest first."""
    found = _log(log)
    after = pagination.number_after(page)
    seals = await queries.list_seals(session, found, after=after, most=page.size + 1)
    token = pagination.token_after(str(seals[page.size - 1].number)) if len(seals) > page.size else None
    pagination.link_next(request, response, token)
    items = [_told(service, found, seal) for seal in seals[: page.size]]
    return PageOut[CheckpointOut](items=items, next_page_token=token)


@router.get("/logs/{log}/checkpoints/latest", dependencies=[public()])
async def get_latest_checkpoint(session: Session, service: CurrentService, log: Name) -> CheckpointOut:
    """Read a log's newest signed checkpoint."""
    found = _log(log)
    return _told(service, found, await queries.get_seal(session, found))


@router.get("/logs/{log}/proofs/inclusion", dependencies=[public()])
async def prove_inclusion(
    session: Session,
    log: Name,
    leaf: Annotated[str, Query(max_length=64, description="The leaf's hash, base64url or base64")],
    size: Annotated[int | None, Query(ge=1, le=2**53, description="A sealed size; else the newest")] = None,
) -> InclusionProofOut:
    """Prove that a leaf is in a log; only who knows the row can compute its leaf."""
    try:
        hashed = base64.b64decode(leaf.replace("-", "+").replace("_", "/") + "=" * (-len(leaf) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(what="leaf") from None
    if len(hashed) != _HASH_BYTES:
        raise Malformed(what="leaf")
    number, proof = await queries.prove_inclusion(session, _log(log), leaf=hashed, size=size)
    return InclusionProofOut(
        leaf_number=number,
        size=proof.seal.size,
        root=_base64(proof.seal.root),
        hashes=[_base64(value) for value in proof.hashes],
    )


@router.get("/logs/{log}/proofs/consistency", dependencies=[public()])
async def prove_consistency(session: Session, log: Name, first: Size, second: Size) -> ConsistencyProofOut:
    """Prove that a log of one sealed size is the beginning of a later one."""
    earlier, proof = await queries.prove_consistency(session, _log(log), first=first, second=second)
    return ConsistencyProofOut(
        first=earlier.size,
        first_root=_base64(earlier.root),
        size=proof.seal.size,
        root=_base64(proof.seal.root),
        hashes=[_base64(value) for value in proof.hashes],
    )
