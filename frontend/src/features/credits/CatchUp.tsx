import { Link } from "@tanstack/react-router";
import { Alert, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmCatchUp, previewCatchUp } from "@/api/staff/sdk.gen.ts";
import type { CatchUpAskedOut, CatchUpIn, CatchUpOut } from "@/api/staff/types.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { nameIn, useLevels, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { StudentName } from "@/ui/staff/StudentName.tsx";
import { useWords } from "@/ui/staff/words.ts";

const NAMED = 20;

interface Seen {
  asked: CatchUpIn;
  preview: CatchUpOut;
}

/** Rules that were published late: what they would bring is looked at first, and exactly that is then posted. */
export function CatchUp() {
  const { t } = useTranslation("staff");
  const field = useField();
  const [seen, setSeen] = useState<Seen | null>(null);
  const [posted, setPosted] = useState<CatchUpAskedOut | null>(null);
  const [error, setError] = useState<unknown>(null);
  const programmes = useProgrammes();
  const levels = useLevels();
  const look = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const asked: CatchUpIn = {
      programme_id: String(given.get("programme_id") ?? "") || null,
      certificate_level_id: String(given.get("certificate_level_id") ?? "") || null,
    };
    setError(null);
    setPosted(null);
    try {
      setSeen({ asked, preview: (await previewCatchUp({ body: asked, throwOnError: true })).data });
    } catch (refusal) {
      setSeen(null);
      setError(refusal);
    }
  };
  const parts = [
    ["programme_id", field("programme"), programmes],
    ["certificate_level_id", field("certificate"), levels],
  ] as const;
  return (
    <>
      <PageHead title={t("catchUp.title")} hint={t("catchUp.hint")} />
      <form className="filters" onSubmit={(event) => void look(event)}>
        {parts.map(([name, label, options]) => (
          <label className="filter" key={name}>
            <span>{label}</span>
            <select name={name}>
              <option value="">{t("list.all")}</option>
              {options.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
        ))}
        <Button htmlType="submit" type="primary">
          {t("catchUp.preview")}
        </Button>
      </form>
      {error !== null && <ProblemNote error={error} />}
      {posted && <Posted posted={posted} />}
      {seen && !posted && <Preview seen={seen} onPosted={setPosted} />}
    </>
  );
}

function Posted({ posted }: { posted: CatchUpAskedOut }) {
  const { t } = useTranslation("staff");
  return (
    <Alert
      role="status"
      type="success"
      title={t("catchUp.posted", { count: posted.certificates, credit: posted.credit })}
      description={<Link to={"/jobs" as never}>{t("menu.jobs")}</Link>}
    />
  );
}

function Preview({ seen, onPosted }: { seen: Seen; onPosted: (posted: CatchUpAskedOut) => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const { asked, preview } = seen;
  if (preview.certificates === 0) return <Empty title={t("catchUp.none")} hint={t("catchUp.noneHint")} />;
  const confirm = async (): Promise<void> => {
    const { data } = await confirmCatchUp({ body: { ...asked, digest: preview.digest }, throwOnError: true });
    onPosted(data);
  };
  // Each name is asked for: enough to know that it is the right choice.
  const shown = preview.gains.slice(0, NAMED);
  const figures = { certificates: preview.certificates, students: preview.students, credit: preview.credit };
  return (
    <section className="panel">
      <h2>{t("catchUp.would")}</h2>
      <p>{t("catchUp.figures", figures)}</p>
      <Grid
        label={t("catchUp.would")}
        rows={shown}
        keyOf={(it) => it.outcome_id}
        columns={[
          {
            key: "student",
            title: field("person"),
            show: (it) => (
              <Link to={`/credit-accounts/${it.student_id}` as never}>
                <StudentName id={it.student_id} />
              </Link>
            ),
          },
          { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
          {
            key: "mapping",
            title: t("credits.rule"),
            show: (it) => <Link to={`/mappings/${it.mapping_id}` as never}>{t("common.open")}</Link>,
          },
          { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
          { key: "pending", title: field("pending"), show: (it) => word(String(it.is_pending)) },
        ]}
      />
      {preview.certificates > shown.length && <p className="muted">{t("catchUp.first", { count: shown.length })}</p>}
      <p />
      <Deeds
        allowed={["confirm"]}
        deeds={{
          confirm: { label: t("catchUp.confirm"), consequence: t("catchUp.confirmSays", figures), run: confirm },
        }}
      />
    </section>
  );
}
