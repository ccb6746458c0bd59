import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listScorecardsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proposeCertificateExit } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { today } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useCertificates, useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { ExitSteps } from "./ExitSteps.tsx";
import { Figures } from "./Figures.tsx";

interface Wish {
  college_id: string;
  certificate_id: string;
  grounds: string;
  exit_on: string;
}

const LAST = 2;
const EMPTY: Wish = { college_id: "", certificate_id: "", grounds: "", exit_on: "" };

/** Proposing that a college leaves a certificate: which, why and when, and what follows, before anything is done. */
export function NewExit() {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [step, setStep] = useState(0);
  const [wish, setWish] = useState(EMPTY);
  const [error, setError] = useState<unknown>(null);
  const next = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (step < LAST) {
      setStep(step + 1);
      return;
    }
    setError(null);
    try {
      const { data } = await proposeCertificateExit({ body: wish, throwOnError: true });
      await queryClient.invalidateQueries();
      await navigate({ to: `/reviews/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  const put = (change: Partial<Wish>): void => setWish({ ...wish, ...change });
  return (
    <>
      <PageHead title={t("exits.propose")} hint={t("exits.hint")} />
      <ExitSteps at={step} />
      <form className="panel" onSubmit={(event) => void next(event)}>
        {step === 0 && <Which wish={wish} put={put} />}
        {step === 1 && <Why wish={wish} put={put} />}
        {step === LAST && <Consequence wish={wish} />}
        {error !== null && <ProblemNote error={error} />}
        <div className="page-deeds">
          {step > 0 && <Button onClick={() => setStep(step - 1)}>{t("exits.back")}</Button>}
          <Button type="primary" htmlType="submit">
            {step === LAST ? t("exits.propose") : t("exits.next")}
          </Button>
        </div>
      </form>
    </>
  );
}

interface StepProps {
  wish: Wish;
  put: (change: Partial<Wish>) => void;
}

function Which({ wish, put }: StepProps) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const select = (
    name: "college_id" | "certificate_id",
    label: string,
    options: { value: string; label: string }[],
  ) => (
    <label className="field">
      <span>{label}</span>
      <select required value={wish[name]} onChange={(event) => put({ [name]: event.target.value })}>
        <option value="">—</option>
        {options.map((it) => (
          <option key={it.value} value={it.value}>
            {it.label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div className="both">
        {select("college_id", field("college"), useColleges())}
        {select("certificate_id", field("certificate"), useCertificates())}
      </div>
      {wish.certificate_id && may("scorecards:read") && (
        <>
          <h2>{t("scorecards.title")}</h2>
          <Loaded options={listScorecardsOptions({ query: { certificate_id: wish.certificate_id } })}>
            {(page) =>
              page.items[0] ? <Figures card={page.items[0]} /> : <p className="muted">{t("scorecards.none")}</p>
            }
          </Loaded>
          <br />
        </>
      )}
    </>
  );
}

function Why({ wish, put }: StepProps) {
  const { t } = useTranslation("staff");
  return (
    <>
      <label className="field">
        <span>{t("exits.grounds")}</span>
        <textarea required rows={5} value={wish.grounds} onChange={(event) => put({ grounds: event.target.value })} />
        <small>{t("exits.groundsHint")}</small>
      </label>
      <label className="field">
        <span>{t("reviews.exitOn")}</span>
        <input
          type="date"
          required
          min={today()}
          value={wish.exit_on}
          onChange={(event) => put({ exit_on: event.target.value })}
        />
        <small>{t("exits.exitOnHint")}</small>
      </label>
    </>
  );
}

/** The whole proposal once more, and in words what it sets off. */
function Consequence({ wish }: { wish: Wish }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const college = nameIn(useColleges(), wish.college_id);
  const certificate = nameIn(useCertificates(), wish.certificate_id);
  return (
    <>
      <Facts
        facts={[
          [field("college"), college],
          [field("certificate"), certificate],
          [t("reviews.exitOn"), wish.exit_on],
          [t("exits.grounds"), wish.grounds],
        ]}
      />
      <br />
      <div className="consequence">
        <p>{t("exits.says", { college, certificate, day: wish.exit_on })}</p>
        <ul>
          <li>{t("exits.saysCounted")}</li>
          <li>{t("exits.saysRunning")}</li>
          <li>{t("exits.saysExperts")}</li>
          <li>{t("exits.saysDecided")}</li>
        </ul>
      </div>
      <br />
    </>
  );
}
