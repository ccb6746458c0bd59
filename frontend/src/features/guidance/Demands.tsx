import { useTranslation } from "react-i18next";
import { listTrainingDemandsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { meetTrainingDemand, recordTrainingDemand, reopenTrainingDemand } from "@/api/staff/sdk.gen.ts";
import type { TrainingDemandIn, TrainingDemandOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useLevels, useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useOwnCollege } from "./people.ts";

const GROUPS = ["enterprise_employees", "key_employment_groups", "low_income_labourers"];

/** Whom a party wants to have trained, and which class meets it. */
export function Demands({ partyId }: { partyId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <RecordDemand partyId={partyId} />
      <List
        name="training-demands"
        label={t("parties.demands")}
        options={(query) => listTrainingDemandsOptions({ query })}
        keyOf={(it) => it.id}
        fixed={{ party_id: partyId }}
        columns={[
          {
            key: "level",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "group", title: t("parties.group"), show: (it) => word(it.demand_group, "guided") },
          { key: "count", title: t("parties.headCount"), show: (it) => it.head_count, isNumber: true },
          { key: "period", title: t("parties.period"), show: (it) => `${it.wanted_from} – ${it.wanted_to}` },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="guided" /> },
          { key: "met", title: t("parties.metBy"), show: (it) => it.met_by ?? "—" },
          { key: "deeds", title: field("deeds"), show: (it) => <DemandDeeds it={it} /> },
        ]}
        empty={{ title: t("parties.noWishes"), hint: t("parties.noWishesHint") }}
      />
    </>
  );
}

function DemandDeeds({ it }: { it: TrainingDemandOut }) {
  const { t } = useTranslation("staff");
  const to = { path: { demand_id: it.id }, throwOnError: true } as const;
  return (
    <Deeds
      allowed={it.allowed_deeds}
      deeds={{
        meet: {
          label: t("parties.meet"),
          fields: [{ name: "met_by", label: t("parties.metBy"), hint: t("parties.metByHint") }],
          run: (values) => meetTrainingDemand({ ...to, body: { met_by: values.met_by ?? "" } }),
        },
        reopen: {
          label: t("parties.reopen"),
          consequence: t("parties.reopenSays"),
          isDanger: true,
          run: () => reopenTrainingDemand(to),
        },
      }}
    />
  );
}

function RecordDemand({ partyId }: { partyId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const own = useOwnCollege();
  return (
    <p className="page-deeds">
      <Deeds
        allowed={may("consultations:record") ? ["wish"] : []}
        deeds={{
          wish: {
            label: t("parties.wish"),
            fields: [
              { name: "demand_group", label: t("parties.group"), options: useOptions(GROUPS, "guided") },
              { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
              { name: "head_count", label: t("parties.headCount"), type: "number" },
              { name: "wanted_from", label: t("parties.wantedFrom"), type: "date" },
              { name: "wanted_to", label: t("parties.wantedTo"), type: "date" },
              { name: "college_id", label: t("consultations.college"), ...own },
            ],
            run: (it) =>
              recordTrainingDemand({
                body: {
                  party_id: partyId,
                  college_id: it.college_id || null,
                  demand_group: it.demand_group as TrainingDemandIn["demand_group"],
                  certificate_level_id: it.certificate_level_id ?? "",
                  head_count: Number(it.head_count),
                  wanted_from: it.wanted_from ?? "",
                  wanted_to: it.wanted_to ?? "",
                },
                throwOnError: true,
              }),
          },
        }}
      />
    </p>
  );
}
