"""What the service calls things has words on the pages."""

import pytest

from tests.web.conftest import FRONTEND
from x_pilot_api import worker


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_job_has_words(language: str) -> None:
    said = (FRONTEND / "src" / "messages" / language / "jobs.ts").read_text(encoding="utf-8")
    assert {kind for kind in worker.TASKS if f"    {kind}: " not in said} == set()
