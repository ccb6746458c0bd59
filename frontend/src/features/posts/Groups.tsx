import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { listUncoveredCertificatesOptions, listWorkingGroupsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useGroupProposal } from "./groupDeeds.tsx";

const STATES = ["proposed", "established", "dissolved", "declined"];

/** Working groups, and the certificates that none of them watches. */
export function Groups() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views = [
    ["list", t("groups.list")],
    ["uncovered", t("groups.uncovered")],
  ] as const;
  const view = viewIn(views, search.view);
  const action = (
    <Deeds allowed={may("working_groups:propose") ? ["propose"] : []} deeds={{ propose: useGroupProposal() }} />
  );
  return (
    <>
      <PageHead title={t("menu.workingGroups")} hint={view === "list" ? t("groups.hint") : t("groups.uncoveredHint")}>
        {action}
      </PageHead>
      <Views views={views} now={view} label={t("menu.workingGroups")} />
      {view === "list" ? <Every action={action} /> : <Uncovered />}
    </>
  );
}

function Every({ action }: { action: ReactNode }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <List
      name="working-groups"
      label={t("groups.list")}
      options={(query) => listWorkingGroupsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/working-groups/${it.id}`}
      filters={[
        { name: "state", label: field("state"), options: useOptions(STATES, "post") },
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "certificate_id", label: field("certificate"), options: useCertificates() },
        { name: "on", label: t("posts.on"), type: "date" },
      ]}
      columns={[
        { key: "name", title: t("groups.name"), show: (it) => it.name },
        { key: "college", title: field("college"), show: (it) => it.college_name ?? t("groups.acrossColleges") },
        { key: "field", title: t("groups.field"), show: (it) => it.field ?? "—" },
        { key: "leader", title: t("groups.leader"), show: (it) => it.leader_name ?? "—" },
        { key: "members", title: t("groups.members"), show: (it) => it.members, isNumber: true },
        {
          key: "certificates",
          title: t("groups.certificates"),
          show: (it) => it.certificates.map((each) => each.certificate_name).join("、") || "—",
        },
        { key: "since", title: t("groups.establishedOn"), show: (it) => it.established_on ?? "—" },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} as="post" /> },
      ]}
      empty={{ title: t("groups.none"), hint: t("groups.noneHint"), action }}
    />
  );
}

function Uncovered() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <List
      name="uncovered-certificates"
      label={t("groups.uncovered")}
      options={(query) => listUncoveredCertificatesOptions({ query })}
      keyOf={(it) => it.admission_id}
      filters={[
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "on", label: t("posts.on"), type: "date" },
      ]}
      columns={[
        { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
        { key: "organisation", title: field("organisation"), show: (it) => it.organisation_name },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "admitted", title: t("groups.admittedOn"), show: (it) => it.admitted_on },
        { key: "days", title: t("groups.days"), show: (it) => it.days, isNumber: true },
        { key: "levels", title: t("groups.levels"), show: (it) => it.levels_approved, isNumber: true },
      ]}
      empty={{ title: t("groups.covered"), hint: t("groups.coveredHint") }}
    />
  );
}
