"""The demonstration's supervision: a scheme of its own making, a year on its way, and findings in each state."""

from datetime import UTC, timedelta
from typing import Any

import httpx

from x_pilot_api.core import clock

Headers = dict[str, str]

_YEAR = 2026
_DAYS_LEFT = 14
# The notice sets no indicators, weights or targets: these are the demonstration's, and say so.
_SCHEME: dict[str, Any] = {
    "name": "二级学院 1+X 试点工作年度考核办法（演示）",
    "basis": "演示〔2026〕31号（权重与目标值为演示配置）",
    "first_year": _YEAR,
    "indicators": [
        {
            "code": "accounts",
            "name": "学分账户开户率（演示）",
            "figure_code": "account_opening_rate",
            "weight": 20,
            "target_percent": "90.00",
        },
        {
            "code": "attendance",
            "name": "参考率（演示）",
            "figure_code": "attendance_rate",
            "weight": 20,
            "target_percent": "95.00",
        },
        {
            "code": "pass",
            "name": "证书通过率（演示）",
            "figure_code": "pass_rate",
            "weight": 30,
            "target_percent": "80.00",
        },
        {
            "code": "feedback",
            "name": "质量反馈办结率（演示）",
            "figure_code": "feedback_closed_rate",
            "weight": 10,
            "target_percent": "100.00",
        },
        {
            "code": "team",
            "name": "试点专业教师参训率（演示）",
            "numerator": "本年参加证书培训的专业教师",
            "denominator": "试点专业的专业教师",
            "weight": 20,
            "target_percent": "60.00",
        },
    ],
}


async def supervise(client: httpx.AsyncClient, *, office: Headers, accounting: Headers, trade: Headers) -> None:
    """Put the scheme in force, open the year and go some way with it, unless an earlier run did."""
    if _read(await client.get("/v1/college-schemes", headers=office))["items"]:
        return
    scheme = _read(await client.post("/v1/college-schemes", json=_SCHEME, headers=office))
    await _done(client, f"/v1/college-schemes/{scheme['id']}", ":enact", office)
    # What the exam brought was recorded when the demonstration was loaded, so the year closes afterwards.
    closes_at = clock.now().astimezone(UTC).isoformat()
    _read(await client.post("/v1/assessment-years", json={"year": _YEAR, "closes_at": closes_at}, headers=office))
    returned = await _assessed(client, accounting, above=31, below=44)
    comment = {"comment": "请补充教师参训名册。"}
    _read(await client.post(f"{returned}:send-back", json=comment, headers=office))
    reviewed = await _assessed(client, trade, above=9, below=18)
    adjusted = {"code": "team", "numerator": 8, "denominator": 18, "reason": "一人未完成全部学时"}
    body = {"comment": "按核定数据计分。", "adjustments": [adjusted]}
    await _done(client, reviewed, ":review", office, body=body)
    await _findings(client, office=office, accounting=accounting, assessment=returned)


async def _assessed(client: httpx.AsyncClient, college: Headers, *, above: int, below: int) -> str:
    """Have a college assess itself, and tell where."""
    (mine,) = _read(await client.get("/v1/college-assessments", params={"year": _YEAR}, headers=college))["items"]
    path = f"/v1/college-assessments/{mine['id']}"
    entries = [
        {"code": "team", "numerator": above, "denominator": below, "narrative": "培训通知、签到与结业证明存学院备查。"},
        {"code": "pass", "narrative": "考前集中辅导两周，对未通过者安排补考辅导。"},
    ]
    tagged = await _tagged(client, path, college)
    _read(await client.put(f"{path}/entries", json={"entries": entries}, headers=tagged))
    await _done(client, path, ":submit", college)
    return path


async def _findings(client: httpx.AsyncClient, *, office: Headers, accounting: Headers, assessment: str) -> None:
    """Leave one finding in each state: to be planned, being put right, to be checked, closed."""
    told = _read(await client.get(assessment, headers=office))
    asked = {"college_id": told["college_id"], "page_size": 100}
    people = _read(await client.get("/v1/guidance-people", params=asked, headers=accounting))["items"]
    owner = next(each["person_id"] for each in people if "coordinator" in each["roles"])
    due_on = (clock.now().date() + timedelta(days=_DAYS_LEFT)).isoformat()
    plan = {"measure": "制定整改清单，逐项落实并留存记录。", "owner_id": owner, "due_on": due_on}
    evidence = {"evidence": "整改记录和照片已归档。"}
    for title, deeds in (
        ("教师参训材料不全", 0),
        ("考前培训签到缺失", 1),
        ("证书质量反馈超期未办", 2),
        ("试点专业学生未全部开户", 3),
    ):
        body = {
            "college_id": told["college_id"],
            "assessment_id": told["id"] if deeds == 0 else None,
            "indicator_code": "team" if deeds == 0 else None,
            "title": f"{title}（演示）",
            "description": "年度监督检查发现，请制定整改措施。",
        }
        finding = _read(await client.post("/v1/supervision-findings", json=body, headers=office))
        path = f"/v1/supervision-findings/{finding['id']}"
        steps = ((":plan", plan, accounting), (":finish", evidence, accounting), (":close", {"remark": "属实"}, office))
        for deed, said, who in steps[:deeds]:
            _read(await client.post(f"{path}{deed}", json=said, headers=who))


async def _done(
    client: httpx.AsyncClient, path: str, deed: str, who: Headers, *, body: dict[str, Any] | None = None
) -> None:
    """Do a deed on what is there as it was just read."""
    _read(await client.post(f"{path}{deed}", json=body, headers=await _tagged(client, path, who)))


async def _tagged(client: httpx.AsyncClient, path: str, who: Headers) -> Headers:
    answer = await client.get(path, headers=who)
    answer.raise_for_status()
    return who | {"If-Match": answer.headers["ETag"]}


def _read(answer: httpx.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
