"""Signed files: the signature covers the very bytes that were sent, whatever their format."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from tests.exams import sheets
from tests.exams.desk import Desk
from tests.identity import keys
from tests.identity.keys import Holder
from tests.partners.signing import PATH, Hand
from x_pilot_api.core import signatures
from x_pilot_api.exams.models import ResultBatch

Write = Callable[[Sequence[dict[str, Any]]], bytes]


@pytest.mark.parametrize(("media", "write"), sheets.FORMATS.values(), ids=sheets.FORMATS)
async def test_a_signed_file_is_kept_byte_for_byte_and_one_changed_byte_is_refused(
    desk: Desk, media: str, write: Write
) -> None:
    plan = await desk.plan()
    holder = Holder("live_client_1")
    async with desk.service.database.transaction() as session:
        await keys.register(session, desk.world.organisations[0].machine_client_id, holder)
    body, path = write([desk.row(plan)]), f"{PATH}?exam_plan_id={plan.id}"
    signed = Hand(holder, target=keys.ISSUER + path).sign(body, path=path, media=media)
    headers = {**signed.headers, **desk.sign_in("machine")}
    changed = await desk.client.post(path, content=body + b" ", headers=headers)
    assert (changed.status_code, changed.json()["figures"]["reason"]) == (401, "digest")
    answer = await desk.client.post(path, content=body, headers=headers)
    assert answer.status_code == 201, answer.text
    own = desk.world.schools[0].id
    async with desk.service.database.transaction(read_only=True, institution_id=own) as session:
        batch = (await session.scalars(select(ResultBatch))).one()
    kept = desk.service.sealer.open(batch.sealed_body, key_id=batch.key_id, context="result_batches")
    assert kept == body
    assert batch.signature_base is not None
    assert f'"content-digest": {signatures.digest_of(body)}' in batch.signature_base
