import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getCollectionRoundOptions, listCollectionRoundsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  closeCollectionRound,
  extendCollectionRound,
  openCollectionRound,
  reopenCollectionRound,
} from "@/api/staff/sdk.gen.ts";
import type { CollegeProgressOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Returns } from "./Returns.tsx";

/** Each year's collection of programme data, and how far the colleges are. */
export function Rounds() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const action = (
    <Deeds
      allowed={may("collection_rounds:open") ? ["open"] : []}
      deeds={{
        open: {
          label: t("collection.open"),
          consequence: t("collection.openSays"),
          fields: [
            { name: "academic_year", label: field("academic_year"), hint: t("asking.yearHint") },
            { name: "title", label: t("collection.name") },
            { name: "due_on", label: field("due_on"), type: "date" },
          ],
          run: async (it) => {
            const { data } = await openCollectionRound({
              body: { academic_year: it.academic_year ?? "", title: it.title ?? "", due_on: it.due_on ?? "" },
              throwOnError: true,
            });
            await navigate({ to: `/collection-rounds/${data.id}` as never });
          },
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.collectionRounds")} hint={t("collection.hint")}>
        <LinkButton to="/programme-returns">{t("collection.returns")}</LinkButton>
        {action}
      </PageHead>
      <List
        name="collection-rounds"
        label={t("menu.collectionRounds")}
        options={(query) => listCollectionRoundsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/collection-rounds/${it.id}`}
        columns={[
          { key: "title", title: t("collection.name"), show: (it) => it.title },
          { key: "year", title: field("academic_year"), show: (it) => it.academic_year },
          { key: "due", title: field("due_on"), show: (it) => it.due_on },
          {
            key: "accepted",
            title: t("collection.acceptedOfAll"),
            show: (it) => `${sum(it.colleges, ["accepted"])} / ${sum(it.colleges, ALL)}`,
            isNumber: true,
          },
          {
            key: "overdue",
            title: t("collection.overdue"),
            show: (it) => sum(it.colleges, ["overdue"]),
            isNumber: true,
          },
          { key: "state", title: field("state"), show: (it) => <State of={roundState(it.state)} /> },
        ]}
        empty={{ title: t("collection.none"), hint: t("collection.noneHint"), action }}
      />
    </>
  );
}

const ALL = ["draft", "submitted", "returned", "accepted"] as const;

function sum(
  colleges: readonly CollegeProgressOut[],
  names: readonly ("draft" | "submitted" | "returned" | "accepted" | "overdue")[],
): number {
  return colleges.reduce((total, it) => total + names.reduce((part, name) => part + it[name], 0), 0);
}

/** A round's own words: it takes data, or it does not. */
function roundState(state: string): string {
  return state === "open" ? "collecting" : "closed";
}

export function Round({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const to = { path: { round_id: id }, throwOnError: true } as const;
  return (
    <Loaded options={getCollectionRoundOptions({ path: { round_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={it.title}
            state={<State of={roundState(it.state)} />}
            hint={`${it.academic_year} · ${field("due_on")} ${it.due_on}`}
          >
            <Deeds
              allowed={it.allowed_deeds}
              deeds={{
                extend: {
                  consequence: t("collection.extendSays"),
                  fields: [{ name: "due_on", label: field("due_on"), type: "date", initial: it.due_on }],
                  run: (values) => extendCollectionRound({ ...to, body: { due_on: values.due_on ?? "" } }),
                },
                close: {
                  label: t("collection.close"),
                  consequence: t("collection.closeSays", { open: sum(it.colleges, ["draft", "returned"]) }),
                  isDanger: true,
                  run: () => closeCollectionRound(to),
                },
                reopen: {
                  label: t("collection.reopen"),
                  consequence: t("collection.reopenSays"),
                  run: () => reopenCollectionRound(to),
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <h2>{t("collection.colleges")}</h2>
            <Grid
              label={t("collection.colleges")}
              rows={it.colleges}
              keyOf={(college) => college.college_id}
              columns={[
                { key: "college", title: field("college"), show: (each) => each.college_name },
                ...ALL.map((name) => ({
                  key: name,
                  title: word(name === "draft" ? "to_fill" : name),
                  show: (each: CollegeProgressOut) => each[name],
                  isNumber: true,
                })),
                { key: "late", title: t("collection.late"), show: (each) => each.late, isNumber: true },
                { key: "overdue", title: t("collection.overdue"), show: (each) => each.overdue, isNumber: true },
              ]}
            />
          </section>
          <h2>{t("collection.returns")}</h2>
          <Returns roundId={id} />
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}
