import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listSettlementsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { drawUpSettlement } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { instant, yuan } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { type Choice, useOptions, usePlans } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["draft", "proposed", "agreed", "settled", "disputed"];

/** What a plan's exams come to between the institution and the organisation, as both agree to it. */
export function Settlements() {
  const { t } = useTranslation("staff");
  const field = useField();
  const me = useMe();
  const plans = usePlans();
  return (
    <>
      <PageHead title={t("menu.settlements")} hint={t("settlements.hint")}>
        <DrawUp plans={plans} />
      </PageHead>
      <List
        name="settlements"
        label={t("menu.settlements")}
        options={(query) => listSettlementsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/settlements/${it.id}`}
        filters={[
          { name: "exam_plan_id", label: field("plan"), options: plans },
          { name: "state", label: field("state"), options: useOptions(STATES, "settlement") },
        ]}
        columns={[
          { key: "plan", title: field("plan"), show: (it) => `${it.plan_name}（${it.plan_code}）` },
          { key: "number", title: t("settlements.number"), show: (it) => it.number },
          me.organisation_id
            ? { key: "side", title: t("settlements.institution"), show: (it) => it.institution_name }
            : { key: "side", title: field("organisation"), show: (it) => it.organisation_name },
          { key: "candidates", title: t("settlements.candidates"), show: (it) => it.candidates, isNumber: true },
          { key: "attended", title: t("settlements.attended"), show: (it) => it.attended, isNumber: true },
          { key: "due", title: t("settlements.due"), show: (it) => yuan(it.due_fen), isNumber: true },
          { key: "as_of", title: t("settlements.asOf"), show: (it) => instant(it.as_of) },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="settlement" /> },
        ]}
        empty={{
          title: t("settlements.none"),
          hint: me.organisation_id ? t("settlements.noneHintOrganisation") : t("settlements.noneHint"),
          action: <DrawUp plans={plans} />,
        }}
      />
    </>
  );
}

function DrawUp({ plans }: { plans: Choice[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  return (
    <Deeds
      allowed={may("settlements:prepare") ? ["draw_up"] : []}
      deeds={{
        draw_up: {
          label: t("settlements.drawUp"),
          consequence: t("settlements.drawUpSays"),
          fields: [{ name: "exam_plan_id", label: field("plan"), options: plans }],
          run: async (it) => {
            const path = { exam_plan_id: it.exam_plan_id ?? "" };
            const { data } = await drawUpSettlement({ path, throwOnError: true });
            await navigate({ to: `/settlements/${data.id}` as never });
          },
        },
      }}
    />
  );
}
