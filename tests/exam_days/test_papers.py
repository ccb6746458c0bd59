# pyright: reportPrivateUsage=false, reportUnknownMemberType=false
# The reader of PDFs leaves its types half said; and a job is stopped in the middle.
"""Tickets and lists on paper: what stands on them, who gets them, and what their code gives away."""

import io
import zipfile
from collections.abc import Iterator
from uuid import UUID

import pypdfium2 as pdfium
import pytest

from tests.exam_days import make
from tests.exam_days.desk import Hall
from tests.exams.desk import set_clock
from x_pilot_api.core import attempts, codes
from x_pilot_api.core.errors import Busy
from x_pilot_api.exam_days import commands
from x_pilot_api.exam_days.commands import papers as deeds
from x_pilot_api.exam_days.queries import papers
from x_pilot_api.exam_days.rules import tickets


def texts_of(content: bytes) -> list[str]:
    """Read the text of each page."""

    def pages() -> Iterator[str]:
        document = pdfium.PdfDocument(content)
        for page in document:
            yield page.get_textpage().get_text_bounded()
        document.close()

    return list(pages())


async def bundle_of(hall: Hall, bundle_id: str, *, who: str = "registrar") -> dict[str, bytes]:
    answer = await hall.client.get(f"/v1/sitting-papers/{bundle_id}/file", headers=hall.sign_in(who))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as unpacked:
        return {name: unpacked.read(name) for name in unpacked.namelist()}


async def test_one_job_prints_a_whole_sitting(hall: Hall) -> None:
    it = await hall.day(candidates=8)
    await hall.arranged(it, seating_order="by_admission_number")
    made = await hall.printed(it)
    assert (made["tickets"], made["rooms"], made["revision"], made["is_kept"]) == (8, 2, 1, True)
    files = await bundle_of(hall, made["id"])
    assert sorted(files) == sorted(
        f"{room}-{room}_机房/{name}.pdf" for room in ("301", "302") for name in ("准考证", "门贴", "座位表", "签到表")
    )
    first = texts_of(files["301-301_机房/准考证.pdf"])
    assert len(first) == 6
    assert all(said in first[0] for said in ("职业技能等级证书考核准考证", "Admission ticket", make.NAMES[0]))
    assert it.plan.admission_numbers[0] in first[0]
    assert "2026 年 6 月 20 日" in first[0]
    assert "09:00 – 11:30" in first[0].replace("  ", " ")
    assert all(len(content) < 300_000 for content in files.values())


async def test_the_list_at_the_door_names_nobody_in_full(hall: Hall) -> None:
    it = await hall.day(candidates=4)
    await hall.arranged(it, seating_order="by_admission_number")
    files = await bundle_of(hall, (await hall.printed(it))["id"])
    (door,) = texts_of(files["301-301_机房/门贴.pdf"])
    (sign_in,) = texts_of(files["301-301_机房/签到表.pdf"])
    assert "********" not in door
    assert not any(name in door for name in make.NAMES)
    assert "张**" in door
    assert "张小明" in sign_in
    assert "********" in sign_in


async def test_nobody_but_who_asked_for_it_gets_the_file(hall: Hall) -> None:
    it = await hall.day(candidates=2)
    await hall.arranged(it)
    bundle_id = (await hall.printed(it, who="coordinator"))["id"]
    assert (await hall.get(f"/v1/sitting-papers/{bundle_id}"))["tickets"] == 2
    refused = await hall.client.get(f"/v1/sitting-papers/{bundle_id}/file", headers=hall.sign_in("registrar"))
    assert refused.status_code == 404
    assert await bundle_of(hall, bundle_id, who="coordinator")


async def test_the_file_is_forgotten_after_a_while(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    it = await hall.day(candidates=2)
    await hall.arranged(it)
    bundle_id = (await hall.printed(it))["id"]
    async with hall.service.database.transaction() as session:
        assert await commands.forget_papers(session, days=30) == 0
    set_clock(monkeypatch, deeds.clock.now() + make.minutes(60 * 24 * 400))
    async with hall.service.database.transaction() as session:
        assert await commands.forget_papers(session, days=30) == 1
    answer = await hall.client.get(f"/v1/sitting-papers/{bundle_id}/file", headers=hall.sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (410, "papers_forgotten")


async def test_nothing_is_printed_while_somebody_has_no_seat(hall: Hall) -> None:
    it = await hall.day(candidates=4)
    assert (await hall.ask(f"{it.path}/papers")).json()["code"] == "seats_not_arranged"
    await hall.arranged(it)
    await hall.write(it, lambda session: make.lose_room(session, it, "301"))
    assert (await hall.ask(f"{it.path}/papers")).json()["code"] == "seating_unfit"


async def test_tickets_that_were_overtaken_are_set_again(hall: Hall) -> None:
    it = await hall.day(candidates=4)
    await hall.arranged(it)
    asked = (await hall.ask(f"{it.path}/papers")).json()
    async with hall.service.database.transaction() as session:
        job = await attempts.take(session, UUID(asked["job_id"]))
    assert job is not None
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        ground = await deeds._read(session, job, zone=deeds.ZoneInfo("Asia/Shanghai"))
    await hall.arranged(it, seed=5)
    with pytest.raises(Busy):
        async with hall.service.database.transaction(institution_id=it.institution_id) as session:
            await deeds._hand_out(session, hall.service, job, ground, content=b"-", rooms=1)
    await commands.make_papers(hall.service, job)
    assert (await hall.get(f"{it.path}/seating"))["state"] == "printed"


async def ticket(hall: Hall, it: make.Day, index: int, *, who: str) -> tuple[int, bytes]:
    path = f"/v1/registrations/{it.registrations[index]}/ticket"
    answer = await hall.client.get(path, headers=hall.sign_in(who))
    return answer.status_code, answer.content


async def test_a_student_gets_their_own_ticket_once_tickets_are_out(hall: Hall) -> None:
    it = await hall.day(candidates=3)
    assert (await ticket(hall, it, 0, who="student"))[0] == 409
    await hall.arranged(it)
    assert (await ticket(hall, it, 0, who="student"))[0] == 409
    await hall.printed(it)
    status, content = await ticket(hall, it, 0, who="student")
    assert status == 200
    (page,) = texts_of(content)
    assert make.NAMES[0] in page
    assert it.plan.admission_numbers[0] in page
    assert len(content) < 100_000
    assert (await ticket(hall, it, 1, who="student"))[0] == 404
    assert (await ticket(hall, it, 1, who="registrar"))[0] == 200


async def test_a_name_of_rare_characters_or_of_markup_is_printed_as_it_is(hall: Hall) -> None:
    rows = {"name": "陈䶮 #strong[x] $x$ @y \\ *z*"}
    it = await hall.day(candidates=1)
    await hall.arranged(it)
    await hall.printed(it)
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        sitting = await session.get_one(papers.ExamSitting, (it.institution_id, it.sitting_id))
        about = await papers.about_sitting(session, sitting, zone=deeds.ZoneInfo("Asia/Shanghai"))
        (person,) = await papers.seating.list_people(session, sitting)
    said = papers.tickets_of(sitting, about, [person], sealer=hall.service.sealer, zone=deeds.ZoneInfo("Asia/Shanghai"))
    said["tickets"][0] |= rows
    (page,) = texts_of(papers.PRESS.set(papers.TICKETS, said))
    assert rows["name"] in page


def test_a_tickets_code_says_nothing_of_a_person_and_fits_a_small_square() -> None:
    ids = [UUID(int=number) for number in (1, 2)]
    it = tickets.Ticket(ids[0], ids[1], 3, make.ENDS_AT)
    assert tickets.unpack(it.packed()) == it
    assert len(it.packed()) == 39
    with pytest.raises(tickets.TicketUnreadable):
        tickets.unpack(b"\x02" + it.packed()[1:])
    with pytest.raises(codes.CodeUnsound):
        codes.unpacked("A" * 12)
