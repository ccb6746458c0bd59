import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getTrainingConsortiumOptions, listTrainingConsortiaOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  addConsortiumMember,
  closeTrainingConsortium,
  endConsortiumMember,
  foundTrainingConsortium,
  handOverConsortiumLead,
} from "@/api/staff/sdk.gen.ts";
import type { ConsortiumMemberOut, TrainingConsortiumOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useCategories, useMemberFields } from "./choices.ts";

/** The one member that was named. */
const memberOf = (it: Values) => ({
  college_id: it.college_id || null,
  organisation_id: it.organisation_id || null,
  partner_name: it.partner_name || null,
});

function Found() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const members = useMemberFields();
  const categories = useCategories();
  return (
    <Deeds
      allowed={may("training_consortia:keep") ? ["found"] : []}
      deeds={{
        found: {
          label: t("quals.found"),
          consequence: t("quals.foundSays"),
          fields: [
            { name: "name", label: field("name") },
            {
              name: "certificate_category_id",
              label: t("quals.category"),
              options: categories,
              ...(categories.length === 0 && { hint: t("quals.noCategoriesHint") }),
            },
            { name: "purpose", label: t("quals.purpose"), type: "long" },
            { name: "document_number", label: field("document_number") },
            { name: "from_on", label: t("quals.from"), type: "date" },
            ...members,
          ],
          run: async (it) => {
            const { data } = await foundTrainingConsortium({
              body: {
                name: it.name ?? "",
                certificate_category_id: it.certificate_category_id ?? "",
                purpose: it.purpose ?? "",
                document_number: it.document_number ?? "",
                from_on: it.from_on ?? "",
                lead: memberOf(it),
              },
              throwOnError: true,
            });
            await navigate({ to: `/training-consortia/${data.id}` as never });
          },
        },
      }}
    />
  );
}

/** Consortia that train teachers, by category of certificates. */
export function Consortia() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead title={t("menu.trainingConsortia")} hint={t("quals.consortiaHint")}>
        <Found />
        <LinkButton to="/certificate-categories">{t("quals.categories")}</LinkButton>
      </PageHead>
      <List
        name="training-consortia"
        label={t("menu.trainingConsortia")}
        options={(query) => listTrainingConsortiaOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/training-consortia/${it.id}`}
        filters={[
          { name: "certificate_category_id", label: t("quals.category"), options: useCategories() },
          { name: "is_running", label: t("quals.running"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "category", title: t("quals.category"), show: (it) => it.category_name },
          { key: "lead", title: t("quals.lead"), show: (it) => it.lead_name ?? "—" },
          {
            key: "members",
            title: t("quals.members"),
            show: (it) => it.members.filter((each) => each.is_present).length,
            isNumber: true,
          },
          { key: "from", title: t("quals.from"), show: (it) => it.from_on },
          { key: "until", title: t("quals.until"), show: (it) => it.until_on ?? "—" },
        ]}
        empty={{ title: t("quals.noConsortia"), hint: t("quals.noConsortiaHint"), action: <Found /> }}
      />
    </>
  );
}

/** One consortium with its members, now and before. */
export function Consortium({ id }: { id: string }) {
  return (
    <Loaded options={getTrainingConsortiumOptions({ path: { consortium_id: id } })}>
      {(it) => <Known consortium={it} />}
    </Loaded>
  );
}

function useConsortiumDeeds(consortium: TrainingConsortiumOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const word = useWords();
  const members = useMemberFields();
  const to = { path: { consortium_id: consortium.id }, throwOnError: true } as const;
  const from: Field = { name: "from_on", label: t("quals.from"), type: "date" };
  const named = (name: string): string => word(name, "qualification");
  return {
    hand_over_lead: {
      label: named("hand_over_lead"),
      consequence: t("quals.handOverSays"),
      fields: [...members, from, { name: "stays", label: t("quals.stays"), type: "check", initial: "on" }],
      run: (it) =>
        handOverConsortiumLead({
          ...to,
          body: { ...memberOf(it), from_on: it.from_on ?? "", stays_member: it.stays === "on" },
        }),
    },
    add_member: {
      label: named("add_member"),
      consequence: t("quals.addSays"),
      fields: [...members, from],
      run: (it) => addConsortiumMember({ ...to, body: { ...memberOf(it), from_on: it.from_on ?? "" } }),
    },
    close: {
      label: named("close"),
      consequence: t("quals.closeSays"),
      isDanger: true,
      fields: [
        { name: "until_on", label: t("quals.until"), type: "date" },
        { name: "ending", label: t("quals.ending"), type: "long" },
      ],
      run: (it) => closeTrainingConsortium({ ...to, body: { until_on: it.until_on ?? "", ending: it.ending ?? "" } }),
    },
  };
}

function Known({ consortium }: { consortium: TrainingConsortiumOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const deeds = useConsortiumDeeds(consortium);
  const over = (it: ConsortiumMemberOut): boolean => it.until_on !== null && !it.is_present;
  const former = consortium.members.filter(over);
  const order = ["add_member", "hand_over_lead", "close"].filter((name) => consortium.allowed_deeds.includes(name));
  return (
    <>
      <PageHead
        title={consortium.name}
        state={<State of={consortium.is_running ? "in_force" : "closed"} as="qualification" />}
        hint={`${consortium.category_name} · ${t("quals.lead")} ${consortium.lead_name ?? "—"}`}
      >
        <Deeds allowed={order} deeds={deeds} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("quals.purpose"), consortium.purpose],
            [field("document_number"), consortium.document_number],
            [t("quals.from"), consortium.from_on],
            [t("quals.until"), consortium.until_on],
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t("quals.members")}</h2>
        <Members
          label={t("quals.members")}
          rows={consortium.members.filter((it) => !over(it))}
          canEnd={consortium.allowed_deeds.includes("end_member")}
        />
      </section>
      <section className="panel">
        <h2>{t("quals.history")}</h2>
        {former.length === 0 ? (
          <p className="muted">{t("quals.noHistory")}</p>
        ) : (
          <Members label={t("quals.history")} rows={former} canEnd={false} />
        )}
      </section>
      <Audit of={consortium.id} />
    </>
  );
}

function Members({ label, rows, canEnd }: { label: string; rows: readonly ConsortiumMemberOut[]; canEnd: boolean }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <Grid
      label={label}
      rows={rows}
      keyOf={(it) => it.id}
      columns={[
        { key: "name", title: field("name"), show: (it) => it.name },
        { key: "kind", title: field("kind"), show: (it) => word(it.kind, "qualification") },
        { key: "role", title: field("role"), show: (it) => word(it.role, "qualification") },
        { key: "from", title: t("quals.from"), show: (it) => it.from_on },
        { key: "until", title: t("quals.until"), show: (it) => it.until_on ?? "—" },
        ...(canEnd
          ? [
              {
                key: "deeds",
                title: field("deeds"),
                show: (it: ConsortiumMemberOut) => (it.role === "lead" || it.ending ? null : <End member={it} />),
              },
            ]
          : [
              {
                key: "ending",
                title: t("quals.ending"),
                show: (it: ConsortiumMemberOut) => it.ending ?? t("quals.roleChanged"),
              },
            ]),
      ]}
    />
  );
}

function End({ member }: { member: ConsortiumMemberOut }) {
  const { t } = useTranslation("staff");
  return (
    <Deeds
      allowed={["end"]}
      deeds={{
        end: {
          label: t("quals.endMember"),
          isDanger: true,
          fields: [
            { name: "until_on", label: t("quals.until"), type: "date", hint: t("quals.untilHint") },
            { name: "ending", label: t("quals.ending"), type: "long" },
          ],
          run: (it) =>
            endConsortiumMember({
              path: { member_id: member.id },
              body: { until_on: it.until_on ?? "", ending: it.ending ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}
