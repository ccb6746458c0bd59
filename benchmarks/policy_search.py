"""Searching policies by bigrams against LIKE '%…%': 5,000 made-up documents, both ways in turn on one connection.

Run by hand: `.venv/bin/python benchmarks/policy_search.py`. It uses a temporary table and leaves nothing.
"""

import asyncio
import random
import shutil
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from x_pilot_api.core import embedded
from x_pilot_api.core.db import driver_url
from x_pilot_api.publications.rules import search

DOCUMENTS = 5_000
ROUNDS = 20
LENGTH = 900
_SAID = (
    "证书学分银行认定积累转换考核费用上限站点学生教师培训课程专业标准试点学院组织评价报名成绩公示备案"
    "实施细则办法通知方案规定保障机会预算教务财务质量反馈企业行业岗位技能等级初级中级高级鼓励支持"
)
_WORDS = [_SAID[at : at + 2] for at in range(0, len(_SAID), 2)]
QUERIES = ("扶贫", "取证率", "学分银行 扶贫", "教职所〔2020〕22号", "省级协作组")
"""Words that few documents say: what somebody looks for; a word that every document says is as slow either way."""

_GRAMS = "SELECT count(*) FROM found WHERE grams @> CAST(:grams AS text[]) AND {recheck}"
_LIKE = "SELECT count(*) FROM found WHERE {recheck}"


def _documents() -> list[dict[str, object]]:
    dice = random.Random(7)  # noqa: S311 - the same documents each time
    rows: list[dict[str, object]] = []
    for number in range(DOCUMENTS):
        words = [dice.choice(_WORDS) for _ in range(LENGTH // 2)]
        if number % 100 == 0:
            words[dice.randrange(len(words))] = dice.choice(("扶贫", "取证率", "省级协作组", "教职所〔2020〕22号"))
        index = search.index_of(title="办法", document_number=None, issuing_body="教务处", text="".join(words))
        rows.append({"search_text": index.search_text, "grams": index.grams})
    return rows


async def _fill(connection: AsyncConnection) -> None:
    await connection.execute(text("CREATE TEMPORARY TABLE found (search_text text, grams text[])"))
    rows = _documents()
    for start in range(0, len(rows), 500):
        await connection.execute(text("INSERT INTO found VALUES (:search_text, :grams)"), rows[start : start + 500])
    await connection.execute(text("CREATE INDEX ON found USING gin (grams)"))
    await connection.execute(text("VACUUM ANALYZE found"))


async def _timed(connection: AsyncConnection, query: str, *, by_grams: bool) -> tuple[float, int]:
    words = search.words_of(query)
    recheck = " AND ".join(
        f"strpos(search_text, :w{at}) > 0" if by_grams else f"search_text LIKE '%' || :w{at} || '%'"
        for at in range(len(words))
    )
    values: dict[str, object] = {f"w{at}": word for at, word in enumerate(words)}
    if by_grams:
        values["grams"] = search.grams_asked(words)
    statement = text((_GRAMS if by_grams else _LIKE).format(recheck=recheck))
    started = time.perf_counter()
    count = (await connection.execute(statement, values)).scalar_one()
    return time.perf_counter() - started, count


async def measure(url: str) -> None:
    """Fill a table and ask each query both ways, one after the other, many times."""
    engine = create_async_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await _fill(connection)
        for query in QUERIES:
            grams: list[float] = []
            like: list[float] = []
            found = 0
            for _ in range(ROUNDS):
                took, found = await _timed(connection, query, by_grams=True)
                grams.append(took)
                took, same = await _timed(connection, query, by_grams=False)
                like.append(took)
                assert found == same, query  # noqa: S101 - or the figures say nothing
            fast, slow = statistics.median(grams) * 1000, statistics.median(like) * 1000
            print(f"{query:<16} {found:>4} found  grams {fast:7.2f} ms  LIKE {slow:7.2f} ms  {slow / fast:6.1f} times")
    await engine.dispose()


def main() -> None:
    """Start a PostgreSQL of its own, measure in it, and leave nothing."""
    with TemporaryDirectory(prefix="x-pilot-bench-") as folder:
        place = embedded.place_of(Path(folder))
        try:
            with embedded.running(place) as cluster:
                asyncio.run(measure(cluster.url()))
        finally:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
