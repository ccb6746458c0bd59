import { useTranslation } from "react-i18next";
import { getWorkingGroupOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { GroupDeedOut, WorkingGroupWholeOut } from "@/api/staff/types.gen.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useGroupDeeds } from "./groupDeeds.tsx";

export function Group({ id }: { id: string }) {
  const [search] = useUrlState();
  const query = search.on ? { on: search.on } : {};
  return (
    <Loaded options={getWorkingGroupOptions({ path: { group_id: id }, query })}>{(it) => <Known group={it} />}</Loaded>
  );
}

/** One working group: who is in it on a day, who led it when, and everything that was decided. */
function Known({ group: it }: { group: WorkingGroupWholeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead
        title={it.name}
        state={<State of={it.state} as="post" />}
        hint={[it.college_name ?? t("groups.acrossColleges"), it.field].filter(Boolean).join(" · ")}
      >
        <Deeds allowed={it.allowed_deeds} deeds={useGroupDeeds(it)} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("groups.leader"), it.leader_name],
            [t("groups.opensOn"), it.established_on ? null : it.opens_on],
            [t("groups.establishedOn"), it.established_on],
            [field("document_number"), it.document],
            [t("groups.dissolvedOn"), it.dissolved_on],
          ]}
        />
        <h2>{t("groups.duties")}</h2>
        <ol>
          {it.duties.map((duty) => (
            <li key={duty}>{duty}</li>
          ))}
        </ol>
      </section>
      <FilterBar list="working-group" filters={[{ name: "on", label: t("posts.on"), type: "date" }]} />
      <People group={it} />
      <History group={it} />
      <Audit of={it.id} />
    </>
  );
}

function People({ group: it }: { group: WorkingGroupWholeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("groups.asOf", { day: it.on })}</h2>
      {it.joined.length === 0 && <p className="muted">{t("groups.noMembers")}</p>}
      {it.joined.length > 0 && (
        <Grid
          label={t("groups.members")}
          rows={it.joined}
          keyOf={(each) => each.id}
          columns={[
            { key: "name", title: field("person"), show: (each) => each.name },
            { key: "unit", title: t("groups.unit"), show: (each) => each.unit ?? "—" },
            { key: "duty", title: t("groups.duty"), show: (each) => each.duty ?? "—" },
            { key: "from", title: t("posts.from"), show: (each) => each.held_from },
            { key: "to", title: t("posts.to"), show: (each) => each.held_to ?? t("posts.noEnd") },
          ]}
        />
      )}
      <h2>{t("groups.certificates")}</h2>
      {it.certificates.length === 0 && <p className="muted">{t("groups.noCertificates")}</p>}
      <ul>
        {it.certificates.map((each) => (
          <li key={each.certificate_id}>
            {each.certificate_name} <span className="muted">{each.covered_from}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ group: it }: { group: WorkingGroupWholeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("groups.leaders")}</h2>
      <Grid
        label={t("groups.leaders")}
        rows={it.leaders}
        keyOf={(each) => each.id}
        columns={[
          { key: "name", title: field("person"), show: (each) => each.name },
          { key: "unit", title: t("groups.unit"), show: (each) => each.unit ?? "—" },
          { key: "from", title: t("posts.from"), show: (each) => each.held_from },
          { key: "to", title: t("posts.to"), show: (each) => each.held_to ?? t("posts.noEnd") },
          { key: "document", title: field("document_number"), show: (each) => each.document ?? "—" },
        ]}
      />
      <h2>{t("groups.timeline")}</h2>
      <Grid
        label={t("groups.timeline")}
        rows={it.timeline}
        keyOf={(each) => String(each.number)}
        columns={[
          { key: "deed", title: field("deeds"), show: (each) => word(each.deed, "did") },
          { key: "on", title: t("groups.effective"), show: (each) => each.effective_on },
          { key: "document", title: field("document_number"), show: (each) => each.document ?? "—" },
          { key: "changed", title: t("groups.changed"), show: (each) => <Changed deed={each} /> },
          { key: "note", title: field("reason"), show: (each) => each.note ?? "—" },
        ]}
      />
    </section>
  );
}

const COUNTS = [
  ["joined", "joinedCount"],
  ["left", "leftCount"],
  ["covered", "coveredCount"],
  ["dropped", "droppedCount"],
] as const;

function Changed({ deed }: { deed: GroupDeedOut }) {
  const { t } = useTranslation("staff");
  const said = COUNTS.flatMap(([name, says]) => {
    const count = Number(deed.detail[name] ?? 0);
    return count > 0 ? [t(`groups.${says}`, { count })] : [];
  });
  if (deed.detail.duties === true) said.push(t("groups.newDuties"));
  return <>{said.join("，") || "—"}</>;
}
