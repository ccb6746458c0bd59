import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { registerSocialCandidates } from "@/api/staff/sdk.gen.ts";
import type { DocumentKind, ExamPlanOut, SocialCandidateIn } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { firstWish, Wish, wishOf } from "./Wish.tsx";

const DOCUMENTS = [
  "resident_identity_card",
  "passport",
  "hong_kong_macao_permit",
  "taiwan_permit",
  "foreign_resident_card",
] as const satisfies readonly DocumentKind[];

/** Somebody who is no student here, or none of a fitting programme: named with their document, and sent together. */
export function Social({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const keyed = useIdempotency();
  const colleges = useColleges();
  const documents = useOptions(DOCUMENTS);
  const [college, setCollege] = useState("");
  const [wished, setWished] = useState(() => firstWish(plan));
  const [people, setPeople] = useState<SocialCandidateIn[]>([]);
  const [error, setError] = useState<unknown>(null);
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    const person = {
      name: text("name"),
      document_kind: text("document_kind") as DocumentKind,
      document_number: text("document_number"),
      employer: text("employer") || null,
      ...wishOf(wished),
    };
    setPeople([...people, person]);
    event.currentTarget.reset();
  };
  const send = async (): Promise<void> => {
    const body = { college_id: college, candidates: people };
    setError(null);
    try {
      const path = { exam_plan_id: plan.id };
      const { data } = await registerSocialCandidates({ path, body, headers: keyed(body), throwOnError: true });
      const waiting = data.registrations.filter((it) => it.state === "waiting").length;
      message.success(t("planning.registeredSays", { count: data.registrations.length, waiting }));
      setPeople([]);
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <p className="muted">{t("planning.socialHint")}</p>
      <Wish plan={plan} wished={wished} onChange={setWished} />
      <Labelled label={t("planning.registeringCollege")}>
        <select required value={college} onChange={(event) => setCollege(event.target.value)}>
          <Options of={colleges} />
        </select>
      </Labelled>
      <form onSubmit={add}>
        <div className="both">
          <Labelled label={field("person")}>
            <input name="name" required autoComplete="off" />
          </Labelled>
          <Labelled label={t("planning.documentKind")}>
            <select name="document_kind" required>
              <Options of={documents} empty={null} />
            </select>
          </Labelled>
          <Labelled label={field("document")}>
            <input name="document_number" required autoComplete="off" />
          </Labelled>
          <Labelled label={t("planning.employer")}>
            <input name="employer" autoComplete="off" />
          </Labelled>
        </div>
        <Button htmlType="submit">{t("planning.addPerson")}</Button>
      </form>
      {people.length > 0 && (
        <Grid
          label={t("planning.people")}
          rows={people}
          keyOf={(it, index) => `${it.document_number}-${index}`}
          columns={[
            { key: "name", title: field("person"), show: (it) => it.name },
            { key: "document", title: field("document"), show: (it) => masked(it.document_number) },
            { key: "employer", title: t("planning.employer"), show: (it) => it.employer ?? "—" },
            {
              key: "deeds",
              title: field("deeds"),
              show: (it) => (
                <Button onClick={() => setPeople(people.filter((other) => other !== it))}>{t("common.remove")}</Button>
              ),
            },
          ]}
        />
      )}
      {error !== null && <ProblemNote error={error} />}
      <p className="page-deeds">
        <Button type="primary" disabled={people.length === 0 || college === ""} onClick={() => void send()}>
          {t("planning.registerMany", { count: people.length })}
        </Button>
      </p>
    </>
  );
}

/** What was typed in is shown only as far as it helps to find the person again. */
function masked(number: string): string {
  return number.length > 8 ? `${number.slice(0, 3)}${"*".repeat(number.length - 7)}${number.slice(-4)}` : "****";
}
