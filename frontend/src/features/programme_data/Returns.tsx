import { useTranslation } from "react-i18next";
import { listProgrammeReturnsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["draft", "submitted", "returned", "accepted"];

export function AllReturns() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("collection.returns")} hint={t("collection.returnsHint")} />
      <Returns />
    </>
  );
}

/** The data of programmes, of one collection or of all. */
export function Returns({ roundId }: { roundId?: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <List
      name="programme-returns"
      label={t("collection.returns")}
      options={(query) => listProgrammeReturnsOptions({ query })}
      fixed={roundId ? { collection_round_id: roundId } : undefined}
      keyOf={(it) => it.id}
      to={(it) => `/programme-returns/${it.id}`}
      filters={[
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "state", label: field("state"), options: useOptions(STATES) },
        { name: "is_late", label: t("collection.late"), options: useOptions(["true", "false"]) },
      ]}
      columns={[
        { key: "programme", title: field("programme"), show: (it) => `${it.programme_name}（${it.programme_code}）` },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "year", title: field("academic_year"), show: (it) => it.academic_year },
        { key: "students", title: t("collection.students"), show: (it) => it.students ?? "—", isNumber: true },
        { key: "differs", title: t("collection.differs"), show: (it) => it.differs.length, isNumber: true },
        { key: "due", title: field("due_on"), show: (it) => it.due_on },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
      ]}
      empty={{ title: t("collection.noReturns"), hint: t("collection.noReturnsHint") }}
    />
  );
}
