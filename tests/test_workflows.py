"""The page of workflows says what the code decides by."""

from pathlib import Path

from x_pilot_api import workflows
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import rules as mappings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "workflows.md"

LAMP = Workflow(
    name="lamp",
    initial="off",
    deeds={
        "light": Deed(frozenset({"off"}), "on", Permission.FEE_CEILINGS_ISSUE),
        "dim": Deed(frozenset({"on", "dimmed"}), "dimmed", Permission.FEE_CEILINGS_ISSUE),
        "break": Deed(frozenset({"off", "on"}), "broken", Permission.MAPPINGS_AGREE),
    },
)


def test_the_page_is_what_the_tables_of_deeds_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == workflows.page(), "run `x-pilot workflows docs/workflows.md`"


def test_a_file_gets_the_page(tmp_path: Path) -> None:
    workflows.write(tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == workflows.page()


def test_the_state_machines_of_the_rules_are_found() -> None:
    assert workflows.find()["x_pilot_api.mappings.rules.WORKFLOW"] is mappings.WORKFLOW


def test_a_deed_is_a_row_with_its_states_in_order_and_the_roles_that_may_do_it() -> None:
    lines = workflows.section(LAMP, place="house.rules.LAMP").splitlines()
    assert "`house.rules.LAMP`; it begins as `off`." in lines
    assert [line for line in lines if line.startswith("| ")] == [
        "| deed | from | to | permission | held by |",
        "| light | off | on | `fee_ceilings:issue` | operator |",
        "| dim | on, dimmed | dimmed | `fee_ceilings:issue` | operator |",
        "| break | off, on | broken | `mappings:agree` | coordinator, org_staff |",
    ]


def test_the_diagram_begins_at_the_first_state_and_ends_where_nothing_leads_on() -> None:
    _, _, drawn = workflows.section(LAMP, place="house.rules.LAMP").partition("stateDiagram-v2\n")
    assert drawn.partition("```")[0].splitlines() == [
        "    [*] --> off",
        "    off --> on: light",
        "    on --> dimmed: dim",
        "    dimmed --> dimmed: dim",
        "    off --> broken: break",
        "    on --> broken: break",
        "    dimmed --> [*]",
        "    broken --> [*]",
    ]
