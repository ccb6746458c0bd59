import { useTranslation } from "react-i18next";
import { listConversionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ConversionOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useChosen } from "@/ui/staff/choice.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useConversionDeeds } from "./decide.ts";

const STATES = ["requested", "agreed", "approved", "confirmed", "granted", "refused", "withdrawn", "lapsed", "unwound"];
const STEPS = ["college", "registrar", "organisation", "bank"];
const DIRECTIONS = ["certificate_to_course", "course_to_assessment"];
const DECIDING = ["agree", "approve", "confirm", "record", "refuse", "settle"];

export function Conversions() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const [search] = useUrlState();
  const chosen = useChosen<ConversionOut>();
  const deeds = useConversionDeeds(chosen.rows, chosen.clear);
  const mayDecide = DECIDING.some((deed) => may(`conversions:${deed}`));
  return (
    <>
      <PageHead title={t("menu.conversions")} hint={t("credits.conversionsHint")}>
        {may("conversions:request") && <LinkButton to="/conversions/new">{t("convert.request")}</LinkButton>}
        {may("conversion_policies:read") && <LinkButton to="/credit-policies">{t("creditPolicies.title")}</LinkButton>}
      </PageHead>
      {mayDecide && (
        <ForChosen count={chosen.ids.length}>
          <Deeds allowed={chosen.allowed} deeds={deeds} />
        </ForChosen>
      )}
      <List
        name="conversions"
        label={t("menu.conversions")}
        options={(query) => listConversionsOptions({ query })}
        fixed={search.student_id ? { student_id: search.student_id } : undefined}
        keyOf={(it) => it.id}
        to={(it) => `/conversions/${it.id}`}
        choice={mayDecide ? chosen.choice : undefined}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES) },
          { name: "awaits", label: t("credits.awaits"), options: useOptions(STEPS) },
          { name: "direction", label: field("direction"), options: useOptions(DIRECTIONS) },
          { name: "is_flagged", label: t("convert.flagged"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "student", title: field("person"), show: (it) => it.student_name ?? it.award_number ?? "—" },
          { key: "number", title: field("student_number"), show: (it) => it.student_number ?? "—" },
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
          { key: "awaits", title: t("credits.awaits"), show: (it) => word(it.awaits) },
          { key: "at", title: field("requested_at"), show: (it) => instant(it.requested_at) },
          { key: "state", title: field("state"), show: (it) => <States it={it} /> },
        ]}
        empty={{ title: t("credits.noConversions"), hint: t("credits.noConversionsHint") }}
      />
    </>
  );
}

/** A granted conversion whose ground was lost carries a second sign. */
export function States({ it }: { it: ConversionOut }) {
  return (
    <>
      <State of={it.state} />
      {it.flagged_at && <State of="flagged" />}
    </>
  );
}
