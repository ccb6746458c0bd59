/** What may be done with a working group: each deed with what it needs and what follows from it. */

import { useTranslation } from "react-i18next";
import {
  adjustWorkingGroup,
  changeWorkingGroupLeader,
  declineWorkingGroup,
  dissolveWorkingGroup,
  establishWorkingGroup,
  proposeWorkingGroup,
} from "@/api/staff/sdk.gen.ts";
import type { GroupHolderIn, GroupMemberIn, WorkingGroupWholeOut } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { Checks, ticked } from "@/ui/staff/Checks.tsx";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useCertificates, useColleges } from "@/ui/staff/names.ts";
import { holderIn, linesIn, useHolders } from "./holders.tsx";

function outsidersIn(text: string | undefined): GroupMemberIn[] {
  return linesIn(text).map(([name, unit, duty]) => ({
    outsider_name: name ?? "",
    outsider_unit: unit ?? "",
    duty: duty || null,
  }));
}

function leaderIn(values: Values): GroupHolderIn {
  const [outsider] = outsidersIn(values.leader_outsider);
  if (values.leader || !outsider) return holderIn(values.leader);
  return { outsider_name: outsider.outsider_name ?? "", outsider_unit: outsider.outsider_unit ?? "" };
}

function membersIn(values: Values): GroupMemberIn[] {
  return [...ticked(values, "member").map(holderIn), ...outsidersIn(values.outsiders)];
}

function dutiesIn(text: string | undefined): string[] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

export function useGroupProposal(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  const me = useMe();
  const every = useColleges();
  const colleges = me.college_ids.length > 0 ? every.filter((it) => me.college_ids.includes(it.value)) : every;
  const holders = useHolders();
  const certificates = useCertificates();
  return {
    label: t("groups.propose"),
    consequence: t("groups.proposeSays"),
    fields: [
      { name: "name", label: t("groups.name") },
      {
        name: "college_id",
        label: field("college"),
        options: colleges,
        isOptional: true,
        ...(colleges.length === 1 && colleges[0] && { initial: colleges[0].value }),
      },
      { name: "field", label: t("groups.field"), isOptional: true, hint: t("groups.fieldHint") },
      { name: "duties", label: t("groups.duties"), type: "long", hint: t("groups.dutiesHint") },
      { name: "opens_on", label: t("groups.opensOn"), type: "date" },
      { name: "leader", label: t("groups.leader"), options: holders, isOptional: true },
      {
        name: "leader_outsider",
        label: t("groups.leaderOutsider"),
        isOptional: true,
        hint: t("groups.leaderOutsiderHint"),
      },
      {
        name: "outsiders",
        label: t("groups.outsiders"),
        type: "long",
        isOptional: true,
        hint: t("groups.outsidersHint"),
      },
    ],
    extra: (
      <>
        <Checks label={t("groups.members")} name="member" choices={holders} />
        <Checks label={t("groups.certificates")} name="certificate" choices={certificates} />
      </>
    ),
    run: (it) =>
      proposeWorkingGroup({
        body: {
          name: it.name ?? "",
          college_id: it.college_id || null,
          field: it.field || null,
          duties: dutiesIn(it.duties),
          opens_on: it.opens_on ?? "",
          leader: leaderIn(it),
          members: membersIn(it),
          certificate_ids: ticked(it, "certificate"),
        },
        throwOnError: true,
      }),
  };
}

export function useGroupDeeds(it: WorkingGroupWholeOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const holders = useHolders(it.college_id);
  const certificates = useCertificates();
  const document: Field = { name: "document", label: field("document_number") };
  const note: Field = { name: "note", label: field("reason"), type: "long", isOptional: true };
  const to = { path: { group_id: it.id }, throwOnError: true } as const;
  const watched = it.certificates.map((each) => ({ value: each.certificate_id, label: each.certificate_name }));
  return {
    establish: {
      label: t("groups.establish"),
      consequence: t("groups.establishSays"),
      fields: [
        document,
        { name: "established_on", label: t("groups.establishedOn"), type: "date", initial: it.opens_on },
      ],
      run: (values) =>
        establishWorkingGroup({
          ...to,
          body: { document: values.document ?? "", established_on: values.established_on ?? "" },
        }),
    },
    decline: {
      label: t("groups.decline"),
      consequence: t("groups.declineSays"),
      isDanger: true,
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (values) => declineWorkingGroup({ ...to, body: { reason: values.reason ?? "" } }),
    },
    change_leader: {
      label: t("groups.changeLeader"),
      consequence: t("groups.changeLeaderSays"),
      fields: [
        { name: "leader", label: t("groups.newLeader"), options: holders, isOptional: true },
        {
          name: "leader_outsider",
          label: t("groups.leaderOutsider"),
          isOptional: true,
          hint: t("groups.leaderOutsiderHint"),
        },
        { name: "held_from", label: t("groups.changeFrom"), type: "date" },
        document,
        note,
      ],
      run: (values) =>
        changeWorkingGroupLeader({
          ...to,
          body: {
            leader: leaderIn(values),
            held_from: values.held_from ?? "",
            document: values.document ?? "",
            note: values.note || null,
          },
        }),
    },
    adjust: {
      label: t("groups.adjust"),
      consequence: t("groups.adjustSays"),
      fields: [
        document,
        { name: "effective_on", label: t("groups.effectiveOn"), type: "date" },
        {
          name: "duties",
          label: t("groups.duties"),
          type: "long",
          initial: it.duties.join("\n"),
          hint: t("groups.dutiesHint"),
        },
        {
          name: "outsiders",
          label: t("groups.outsiders"),
          type: "long",
          isOptional: true,
          hint: t("groups.outsidersHint"),
        },
        note,
      ],
      extra: (
        <>
          <Checks label={t("groups.join")} name="member" choices={holders} />
          <Checks
            label={t("groups.leave")}
            name="leave"
            choices={it.joined.map((each) => ({ value: each.id, label: each.name }))}
          />
          <Checks
            label={t("groups.cover")}
            name="cover"
            choices={certificates.filter((each) => !watched.some((known) => known.value === each.value))}
          />
          <Checks label={t("groups.drop")} name="drop" choices={watched} />
        </>
      ),
      run: (values) => {
        const duties = dutiesIn(values.duties);
        return adjustWorkingGroup({
          ...to,
          body: {
            document: values.document ?? "",
            effective_on: values.effective_on ?? "",
            note: values.note || null,
            duties: duties.join("\n") === it.duties.join("\n") ? null : duties,
            join: membersIn(values),
            leave: ticked(values, "leave"),
            cover: ticked(values, "cover"),
            drop: ticked(values, "drop"),
          },
        });
      },
    },
    dissolve: {
      label: t("groups.dissolve"),
      consequence: t("groups.dissolveSays"),
      isDanger: true,
      fields: [{ name: "dissolved_on", label: t("groups.dissolveFrom"), type: "date" }, document, note],
      run: (values) =>
        dissolveWorkingGroup({
          ...to,
          body: {
            dissolved_on: values.dissolved_on ?? "",
            document: values.document ?? "",
            note: values.note || null,
          },
        }),
    },
  };
}
