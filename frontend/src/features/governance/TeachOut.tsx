import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  getTeachOutItemOptions,
  getTeachOutOptions,
  listPeopleOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeTeachOutItem, getTeachOutItem } from "@/api/staff/sdk.gen.ts";
import type { TeachOutItemOut } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { daysUntil, today } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Change } from "@/ui/staff/Change.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { type Choice, nameIn, useProgrammes } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ExitSteps } from "./ExitSteps.tsx";

/** What an exit leaves to be done, as it was counted when it was proposed: who owns each, until when, and what is done. */
export function TeachOut({ reviewId, isDecided }: { reviewId: string; isDecided: boolean }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  if (!may("reviews:follow")) return null;
  return (
    <>
      <ExitSteps at={isDecided ? DECIDED : TEACH_OUT} />
      <section className="panel">
        <h2>{t("exits.teachOut")}</h2>
        <p className="muted">{t("exits.teachOutHint")}</p>
        <Loaded options={getTeachOutOptions({ path: { review_id: reviewId } })}>
          {(plan) => <Items items={plan.items} />}
        </Loaded>
      </section>
    </>
  );
}

// Places on the way of an exit; after the last one everything is ticked off.
const TEACH_OUT = 3;
const DECIDED = 5;

function Items({ items }: { items: readonly TeachOutItemOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const owners = useOwners();
  const done = items.filter((it) => it.done_on).length;
  if (items.length === 0) return <p>{t("exits.nothingLeft")}</p>;
  return (
    <>
      <p>{t("exits.progress", { done, all: items.length })}</p>
      <Grid
        label={t("exits.teachOut")}
        rows={items}
        keyOf={(it) => it.id}
        columns={[
          { key: "kind", title: t("exits.what"), show: (it) => word(it.kind) },
          { key: "subject", title: t("exits.subject"), show: (it) => <Subject item={it} /> },
          { key: "concerned", title: t("exits.concerned"), show: (it) => it.concerned, isNumber: true },
          { key: "owner", title: t("exits.owner"), show: (it) => nameIn(withOwner(owners, it.owner_id), it.owner_id) },
          { key: "due", title: field("due_on"), show: (it) => it.due_on },
          { key: "state", title: field("state"), show: (it) => <State of={stateOf(it)} /> },
          { key: "remark", title: t("exits.remark"), show: (it) => it.remark ?? "—" },
          ...(may("teach_outs:change")
            ? [
                {
                  key: "deeds",
                  title: field("deeds"),
                  show: (it: TeachOutItemOut) => <Edit item={it} owners={owners} />,
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function stateOf(item: TeachOutItemOut): string {
  if (item.done_on) return "done";
  return daysUntil(item.due_on) < 0 ? "overdue" : "waiting";
}

function Subject({ item }: { item: TeachOutItemOut }) {
  const { t } = useTranslation("staff");
  const programmes = useProgrammes();
  if (item.kind === "mapping") return <Link to={`/mappings/${item.subject_id}` as never}>{t("exits.openRule")}</Link>;
  if (item.kind === "registrations") {
    return <Link to={`/exam-plans/${item.subject_id}` as never}>{t("exits.openPlan")}</Link>;
  }
  return nameIn(programmes, item.subject_id);
}

/** Names of whoever may own an item: for the office everybody, for others at least themselves. */
function useOwners(): readonly Choice[] {
  const me = useMe();
  const enabled = useMay()("people:read");
  const { data } = useQuery({ ...listPeopleOptions({ query: { page_size: 100 } }), enabled });
  const people = (data?.items ?? []).filter((it) => !it.disabled_at && it.roles.some((role) => OWNERS.has(role.role)));
  const known = people.map((it) => ({ value: it.id, label: it.name }));
  return known.some((it) => it.value === me.id) ? known : [{ value: me.id, label: me.name }, ...known];
}

const OWNERS: ReadonlySet<string> = new Set(["registrar", "coordinator"]);

function Edit({ item, owners }: { item: TeachOutItemOut; owners: readonly Choice[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const path = { item_id: item.id };
  // The list carries no ETags: each item is asked for by itself, and the change is checked against that copy.
  const { data } = useQuery(getTeachOutItemOptions({ path }));
  if (!data) return null;
  return (
    <Change
      shown={data}
      fields={(it) => [
        { name: "owner_id", label: t("exits.owner"), options: withOwner(owners, it.owner_id), initial: it.owner_id },
        { name: "due_on", label: field("due_on"), type: "date", initial: it.due_on },
        {
          name: "done_on",
          label: t("exits.doneOn"),
          type: "date",
          initial: it.done_on ?? "",
          isOptional: true,
          hint: t("exits.doneOnHint", { today: today() }),
        },
        { name: "remark", label: t("exits.remark"), type: "long", initial: it.remark ?? "", isOptional: true },
      ]}
      run={(it, values) =>
        changeTeachOutItem({
          path,
          headers: ifMatch(it),
          body: {
            owner_id: values.owner_id ?? "",
            due_on: values.due_on ?? "",
            done_on: values.done_on || null,
            remark: values.remark || null,
          },
          throwOnError: true,
        })
      }
      read={async () => (await getTeachOutItem({ path, throwOnError: true })).data}
    />
  );
}

/** Whoever owns it now stays among the choices, even where their name may not be known. */
function withOwner(owners: readonly Choice[], id: string): readonly Choice[] {
  return owners.some((it) => it.value === id) ? owners : [...owners, { value: id, label: id.slice(0, 8) }];
}
