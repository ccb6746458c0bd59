"""The demonstration's reports: a month that was accepted late, one with an answer to come, and records collected."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from x_pilot_api.core import clock

Headers = dict[str, str]

_MAY, _JUNE = date(2026, 5, 1), date(2026, 6, 1)
_DAYS_LEFT = 5
_TYPE: dict[str, Any] = {
    "code": "monthly",
    "cadence": "monthly",
    "name": "1+X 试点工作月报（演示）",
    "basis": "演示〔2026〕17号",
    "due_days": 5,
    "remind_days": 3,
    "sections": [
        {
            "code": "exams",
            "title": "考核组织情况",
            "guidance": "写明组织情况、存在问题和改进措施",
            "needs_narrative": True,
            "indicators": ["registrations_accepted", "attendance_rate", "pass_rate", "awards_issued"],
        },
        {
            "code": "credits",
            "title": "学分账户与转换",
            "guidance": None,
            "needs_narrative": False,
            "indicators": ["account_opening_rate", "attainment_rate", "credits_recognised", "credits_converted"],
        },
        {
            "code": "quality",
            "title": "质量与保障",
            "guidance": "可填写证书质量反馈的进展",
            "needs_narrative": False,
            "indicators": ["certificates_admitted", "mappings_published", "feedback_closed_rate", "guarantee_use_rate"],
        },
    ],
}


async def report(client: httpx.AsyncClient, *, office: Headers, college: Headers) -> None:
    """Define the monthly report and go two months with it, unless an earlier run did."""
    if _read(await client.get("/v1/report-types", headers=office))["items"]:
        return
    type_ = _read(await client.post("/v1/report-types", json=_TYPE, headers=office))
    may = await _written(client, type_["id"], {"period_from": _MAY.isoformat()}, office=office, college=college)
    _read(await client.post(f"/v1/reports/{may}:accept", json={"comment": "补报，请按期报送。"}, headers=office))
    # What the exam brought was recorded when the demonstration was loaded, so the month closes afterwards.
    now = clock.now().astimezone(UTC)
    june = {
        "period_from": _JUNE.isoformat(),
        "closes_at": now.isoformat(),
        "due_on": (datetime.date(now) + timedelta(days=_DAYS_LEFT)).isoformat(),
    }
    returned = await _written(client, type_["id"], june, office=office, college=college)
    comment = {"comment": "请补充缺考原因和补考安排。"}
    _read(await client.post(f"/v1/reports/{returned}:send-back", json=comment, headers=office))
    _read(await client.post("/v1/feed-records:collect", json={"retries_refused": False}, headers=office))


async def _written(
    client: httpx.AsyncClient, type_id: str, period: dict[str, Any], *, office: Headers, college: Headers
) -> str:
    """Open a month, and have one college write and submit its report of it."""
    _read(await client.post(f"/v1/report-types/{type_id}:open", json=period, headers=office))
    asked = {"period_from": period["period_from"]}
    (mine,) = _read(await client.get("/v1/reports", params=asked, headers=college))["items"]
    path = f"/v1/reports/{mine['id']}"
    words = {"narratives": [{"section_code": "exams", "body": "本月考核组织有序，未发生违纪。\n将加强考前培训。"}]}
    tagged = await _tagged(client, path, college)
    _read(await client.put(f"{path}/narratives", json=words, headers=tagged))
    _read(await client.post(f"{path}:submit", headers=await _tagged(client, path, college)))
    return str(mine["id"])


async def _tagged(client: httpx.AsyncClient, path: str, who: Headers) -> Headers:
    answer = await client.get(path, headers=who)
    answer.raise_for_status()
    return who | {"If-Match": answer.headers["ETag"]}


def _read(answer: httpx.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
