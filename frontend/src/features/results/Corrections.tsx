import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { getCorrectionOptions, listCorrectionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmCorrection, proposeCorrection, refuseCorrection } from "@/api/staff/sdk.gen.ts";
import type { CorrectionIn, CorrectionWholeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";

export function Corrections() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <>
      <PageHead title={t("menu.corrections")} hint={t("results.correctionsHint")}>
        {may("corrections:propose") && <LinkButton to="/corrections/new">{t("results.correct")}</LinkButton>}
      </PageHead>
      <List
        name="corrections"
        label={t("menu.corrections")}
        options={(query) => listCorrectionsOptions({ query })}
        keyOf={(it) => it.id ?? it.opened_at}
        to={(it) => `/corrections/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: useOptions(["proposed", "done", "refused"]) }]}
        columns={[
          { key: "number", title: field("number"), show: (it) => it.number ?? t("common.open") },
          { key: "kind", title: field("kind"), show: (it) => word(it.kind) },
          { key: "opened_at", title: field("uploaded_at"), show: (it) => instant(it.opened_at) },
          { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("results.noCorrections"), hint: t("results.noCorrectionsHint") }}
      />
    </>
  );
}

/** Everything a correction undoes and does again, in its order; the same list is previewed and then carried out. */
function StepsOf({ whole }: { whole: CorrectionWholeOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const text = (value: object | null): string =>
    Object.entries(value ?? {})
      .map(([name, it]) => `${word(name, "field")} ${String(it)}`)
      .join("；") || "—";
  return (
    <section className="panel">
      <h2>{whole.is_preview ? t("results.wouldDo") : t("results.didDo")}</h2>
      <Grid
        label={t("results.wouldDo")}
        rows={whole.steps}
        keyOf={(it) => String(it.number)}
        columns={[
          { key: "number", title: "#", show: (it) => it.number, isNumber: true },
          { key: "kind", title: t("results.step"), show: (it) => word(it.kind) },
          { key: "before", title: t("conflict.was"), show: (it) => text(it.before) },
          { key: "after", title: t("imports.after"), show: (it) => text(it.after) },
        ]}
      />
    </section>
  );
}

export function Correction({ id }: { id: string }) {
  const field = useField();
  const { t } = useTranslation("staff");
  const to = { path: { case_id: id }, throwOnError: true } as const;
  return (
    <Loaded options={getCorrectionOptions({ path: { case_id: id } })}>
      {(whole) => (
        <>
          <PageHead
            title={`${t("menu.corrections")} ${whole.correction.number ?? ""}`}
            state={<State of={whole.correction.state} />}
            hint={whole.correction.reason}
          >
            <Deeds
              allowed={whole.correction.allowed_deeds}
              deeds={{
                confirm: {
                  consequence: t("results.confirmCorrectionSays", { steps: whole.steps.length }),
                  isDanger: true,
                  typed: t("results.typed"),
                  run: () => confirmCorrection({ ...to, body: { digest: whole.correction.digest ?? "" } }),
                },
                refuse: {
                  consequence: t("results.refuseCorrectionSays"),
                  fields: [{ name: "reason", label: field("reason"), type: "long" }],
                  run: (it) => refuseCorrection({ ...to, body: { reason: it.reason ?? "" } }),
                },
              }}
            />
          </PageHead>
          <StepsOf whole={whole} />
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}

/** What a correction would undo is shown before it is proposed. */
export function NewCorrection() {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [search] = useUrlState();
  const [shown, setShown] = useState<{ body: CorrectionIn; whole: CorrectionWholeOut } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const preview = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    const body = {
      reason: text("reason"),
      evidence: text("evidence"),
      ...(search.award_id ? { award_id: search.award_id } : { certificate_number: text("certificate_number") }),
    };
    setError(null);
    try {
      const { data } = await proposeCorrection({ body, query: { validate_only: true }, throwOnError: true });
      setShown({ body, whole: data });
    } catch (refusal) {
      setShown(null);
      setError(refusal);
    }
  };
  const propose = async (): Promise<void> => {
    if (!shown) return;
    try {
      const { data } = await proposeCorrection({ body: shown.body, throwOnError: true });
      await queryClient.invalidateQueries();
      await navigate({ to: `/corrections/${data.correction.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <PageHead title={t("results.correct")} hint={t("results.correctionsHint")} />
      <form className="panel" onSubmit={(event) => void preview(event)} onChange={() => setShown(null)}>
        {!search.award_id && (
          <label className="field">
            <span>{field("number")}</span>
            <input name="certificate_number" required />
          </label>
        )}
        <label className="field">
          <span>{field("reason")}</span>
          <textarea name="reason" required rows={3} />
        </label>
        <label className="field">
          <span>{t("results.evidence")}</span>
          <input name="evidence" required />
        </label>
        {error !== null && <ProblemNote error={error} />}
        <Button htmlType="submit">{t("results.preview")}</Button>
      </form>
      {shown && (
        <>
          <StepsOf whole={shown.whole} />
          <Button type="primary" danger onClick={() => void propose()}>
            {t("results.proposeCorrection")}
          </Button>
        </>
      )}
    </>
  );
}
