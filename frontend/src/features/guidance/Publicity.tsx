import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getPolicyPublicitySumsOptions, listPolicyPublicitiesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { correctPolicyPublicity, getPolicyPublicity, recordPolicyPublicity } from "@/api/staff/sdk.gen.ts";
import type { PolicyPublicityIn, PolicyPublicityOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useOwnCollege } from "./people.ts";
import { useYear } from "./year.ts";

const CHANNELS = ["meeting", "lecture", "website", "social_media", "print", "visit", "other"];

function useFields(): (shown?: PolicyPublicityOut) => Field[] {
  const { t } = useTranslation("staff");
  const own = useOwnCollege();
  const channels = useOptions(CHANNELS, "guided");
  return (shown) => [
    { name: "title", label: t("outreach.what"), initial: shown?.title ?? "" },
    { name: "policy_reference", label: t("outreach.policy"), initial: shown?.policy_reference ?? "" },
    { name: "channel", label: t("outreach.channel"), options: channels, initial: shown?.channel ?? "" },
    { name: "held_on", label: t("outreach.heldOn"), type: "date", initial: shown?.held_on ?? "" },
    { name: "reach", label: t("outreach.reach"), type: "number", initial: String(shown?.reach ?? "") },
    {
      name: "counted_by",
      label: t("outreach.countedBy"),
      hint: t("outreach.countedByHint"),
      initial: shown?.counted_by ?? "",
    },
    {
      name: "college_id",
      label: t("consultations.college"),
      ...own,
      initial: shown ? (shown.college_id ?? "") : own.initial,
    },
  ];
}

function bodyOf(values: Values): PolicyPublicityIn {
  return {
    college_id: values.college_id || null,
    title: values.title ?? "",
    policy_reference: values.policy_reference ?? "",
    channel: values.channel as PolicyPublicityIn["channel"],
    held_on: values.held_on ?? "",
    reach: Number(values.reach),
    counted_by: values.counted_by ?? "",
  };
}

/** A year's publicity in sums, and each occasion. */
export function Publicity() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const fields = useFields();
  const action = (
    <Deeds
      allowed={may("guidance:record") ? ["record"] : []}
      deeds={{
        record: {
          label: t("outreach.recordPublicity"),
          fields: fields(),
          run: (values) => recordPolicyPublicity({ body: bodyOf(values), throwOnError: true }),
        },
      }}
    />
  );
  return (
    <>
      <p className="page-deeds">{action}</p>
      <Sums />
      <List
        name="policy-publicities"
        label={t("outreach.publicity")}
        options={(query) => listPolicyPublicitiesOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "year", label: t("outreach.year"), type: "number" },
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "channel", label: t("outreach.channel"), options: useOptions(CHANNELS, "guided") },
        ]}
        columns={[
          { key: "title", title: t("outreach.what"), show: (it) => it.title },
          { key: "policy", title: t("outreach.policy"), show: (it) => it.policy_reference },
          { key: "channel", title: t("outreach.channel"), show: (it) => word(it.channel, "guided") },
          { key: "held", title: t("outreach.heldOn"), show: (it) => it.held_on },
          {
            key: "college",
            title: t("consultations.college"),
            show: (it) => it.college_name ?? t("consultations.office"),
          },
          { key: "reach", title: t("outreach.reach"), show: (it) => it.reach, isNumber: true },
          { key: "counted", title: t("outreach.countedBy"), show: (it) => it.counted_by },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => it.is_own && may("guidance:record") && <Correct it={it} />,
          },
        ]}
        empty={{ title: t("outreach.nonePublicity"), hint: t("outreach.nonePublicityHint"), action }}
      />
    </>
  );
}

function Correct({ it }: { it: PolicyPublicityOut }) {
  const fields = useFields();
  const to = { path: { publicity_id: it.id }, throwOnError: true } as const;
  return (
    <Change
      shown={it}
      fields={(was) => fields(was)}
      run={(was, values) => correctPolicyPublicity({ ...to, headers: ifMatch(was), body: bodyOf(values) })}
      read={async () => (await getPolicyPublicity(to)).data}
    />
  );
}

function Sums() {
  const { t } = useTranslation("staff");
  const word = useWords();
  const year = useYear();
  const { data } = useQuery(getPolicyPublicitySumsOptions({ query: { year } }));
  if (!data || data.occasions === 0) return null;
  const title = t("outreach.sums", { year: data.year, occasions: data.occasions, reach: data.reach });
  return (
    <section className="panel">
      <h2>{title}</h2>
      <Grid
        label={title}
        rows={data.sums}
        keyOf={(it) => `${it.college_id}-${it.channel}`}
        columns={[
          {
            key: "college",
            title: t("consultations.college"),
            show: (it) => it.college_name ?? t("consultations.office"),
          },
          { key: "channel", title: t("outreach.channel"), show: (it) => word(it.channel, "guided") },
          { key: "occasions", title: t("outreach.occasions"), show: (it) => it.occasions, isNumber: true },
          { key: "reach", title: t("outreach.reach"), show: (it) => it.reach, isNumber: true },
        ]}
      />
    </section>
  );
}
