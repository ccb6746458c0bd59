import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCollegeSchemesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CollegeSchemeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { WriteScheme } from "./WriteScheme.tsx";

const STATES = ["draft", "in_force", "superseded"];

/** Says for which years a version holds. */
export function useSchemeYears(): (it: CollegeSchemeOut) => string {
  const { t } = useTranslation("staff");
  return (it) => {
    if (it.last_year === null) return t("supervise.yearsFrom", { from: it.first_year });
    if (it.last_year < it.first_year) return t("supervise.neverHeld");
    return t("supervise.yearsSpan", { from: it.first_year, to: it.last_year });
  };
}

/** The versions of the scheme by which colleges are assessed. */
export function Schemes() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const years = useSchemeYears();
  const navigate = useNavigate();
  const states = useOptions(STATES, "supervising");
  const [isWriting, setWriting] = useState(false);
  const action = may("college_schemes:set") && !isWriting && (
    <Button type="primary" onClick={() => setWriting(true)}>
      {t("supervise.draftIt")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("menu.collegeSchemes")} hint={t("supervise.schemesHint")}>
        {action}
      </PageHead>
      {isWriting ? (
        <WriteScheme
          onCancel={() => setWriting(false)}
          onDone={(id) => void navigate({ to: `/college-schemes/${id}` as never })}
        />
      ) : (
        <List
          name="college-schemes"
          label={t("menu.collegeSchemes")}
          options={(query) => listCollegeSchemesOptions({ query })}
          keyOf={(it) => it.id}
          to={(it) => `/college-schemes/${it.id}`}
          filters={[{ name: "state", label: field("state"), options: states }]}
          columns={[
            { key: "name", title: field("name"), show: (it) => it.name },
            { key: "number", title: t("supervise.number"), show: (it) => it.number, isNumber: true },
            { key: "basis", title: t("supervise.basis"), show: (it) => it.basis },
            { key: "years", title: t("supervise.years"), show: (it) => years(it) },
            {
              key: "indicators",
              title: t("supervise.indicators"),
              show: (it) => it.indicators.length,
              isNumber: true,
            },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} as="supervising" /> },
          ]}
          empty={{ title: t("supervise.noSchemes"), hint: t("supervise.noSchemesHint"), action }}
        />
      )}
    </>
  );
}
