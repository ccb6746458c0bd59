import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { grantTeacherQualifications } from "@/api/staff/sdk.gen.ts";
import type { QualificationGrantOut, QualificationKind } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { type Choice, nameIn, useCertificates, useColleges, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { KINDS, useActiveSeeds, useOwnOptions, useTeachers } from "./choices.ts";

type Chosen = ReadonlySet<string>;

const LEVELS_SHOWN = 60;

/** Teachers and levels, ticked, granted in one go; each row says what became of it. */
export function GrantQualifications() {
  const { t } = useTranslation("staff");
  const field = useField();
  const queryClient = useQueryClient();
  const keyFor = useIdempotency();
  const [college, setCollege] = useState("");
  const [certificate, setCertificate] = useState("");
  const [teachers, setTeachers] = useState<Chosen>(new Set());
  const [levels, setLevels] = useState<Chosen>(new Set());
  const [told, setTold] = useState<QualificationGrantOut | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const kinds = useOwnOptions(KINDS);
  const colleges = useColleges();
  const certificates = useCertificates();
  const seeds = useActiveSeeds();
  const named = { teachers: useTeachers(college || undefined), levels: useLevels() };
  const certificateName = nameIn(certificates, certificate);
  const offered = named.levels.filter((it) => certificate === "" || it.label.startsWith(`${certificateName} `));
  const grant = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    const body = {
      kind: text("kind") as QualificationKind,
      teacher_ids: [...teachers],
      certificate_level_ids: [...levels],
      valid_from: text("valid_from"),
      valid_until: text("valid_until") || null,
      document_number: text("document_number") || null,
      seed_teacher_id: text("seed_teacher_id") || null,
    };
    setBusy(true);
    setError(null);
    try {
      setTold((await grantTeacherQualifications({ body, headers: keyFor(body), throwOnError: true })).data);
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead title={t("quals.grantTitle")} hint={t("quals.grantHint")} />
      <form className="panel" onSubmit={(event) => void grant(event)}>
        <div className="row">
          <Labelled label={field("kind")}>
            <select name="kind" required defaultValue="examine">
              <Options of={kinds} empty={null} />
            </select>
          </Labelled>
          <Labelled label={t("quals.validFrom")}>
            <input name="valid_from" type="date" required />
          </Labelled>
          <Labelled label={t("quals.validUntil")} hint={t("quals.openEnd")}>
            <input name="valid_until" type="date" />
          </Labelled>
          <Labelled label={t("quals.document")}>
            <input name="document_number" />
          </Labelled>
          <Labelled label={t("quals.seed")} hint={t("quals.seedHintGrant")}>
            <select name="seed_teacher_id">
              <Options of={seeds} />
            </select>
          </Labelled>
        </div>
        <div className="both">
          <Ticks
            legend={t("quals.teachers")}
            filter={field("college")}
            of={colleges}
            chosenFilter={college}
            onFilter={setCollege}
            choices={named.teachers}
            chosen={teachers}
            onChoose={setTeachers}
            empty={t("quals.noTeachers")}
          />
          <Ticks
            legend={t("quals.levels")}
            filter={field("certificate")}
            of={certificates}
            chosenFilter={certificate}
            onFilter={setCertificate}
            choices={offered.slice(0, LEVELS_SHOWN)}
            chosen={levels}
            onChoose={setLevels}
            empty={t("list.noneFits")}
          />
        </div>
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={teachers.size === 0 || levels.size === 0}>
          {t("quals.grant")}
        </Button>
      </form>
      {told && <Outcome told={told} teachers={named.teachers} levels={named.levels} />}
    </>
  );
}

interface TicksProps {
  legend: string;
  filter: string;
  of: readonly Choice[];
  chosenFilter: string;
  onFilter: (value: string) => void;
  choices: readonly Choice[];
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  empty: string;
}

/** What is ticked of a list that is narrowed by one filter; what is ticked stays so when it is out of sight. */
function Ticks(props: TicksProps) {
  const { t } = useTranslation("staff");
  const toggle = (value: string, isChosen: boolean): void => {
    const next = new Set(props.chosen);
    if (isChosen) next.add(value);
    else next.delete(value);
    props.onChoose(next);
  };
  return (
    <fieldset className="rows">
      <legend>
        {props.legend} · {t("quals.chosen", { count: props.chosen.size })}
      </legend>
      <Labelled label={props.filter}>
        <select value={props.chosenFilter} onChange={(event) => props.onFilter(event.target.value)}>
          <Options of={props.of} empty={t("list.all")} />
        </select>
      </Labelled>
      {props.choices.length === 0 && <p className="muted">{props.empty}</p>}
      {props.choices.map((it) => (
        <label className="check" key={it.value}>
          <input
            type="checkbox"
            checked={props.chosen.has(it.value)}
            onChange={(event) => toggle(it.value, event.target.checked)}
          />{" "}
          {it.label}
        </label>
      ))}
    </fieldset>
  );
}

function Outcome({
  told,
  teachers,
  levels,
}: {
  told: QualificationGrantOut;
  teachers: readonly Choice[];
  levels: readonly Choice[];
}) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel" aria-live="polite">
      <h2>{t("quals.result")}</h2>
      <p>{t("quals.resultSays", { granted: told.granted, refused: told.refused })}</p>
      <Grid
        label={t("quals.result")}
        rows={told.rows}
        keyOf={(it) => `${it.teacher_id}${it.certificate_level_id}`}
        columns={[
          { key: "teacher", title: t("planning.teacher"), show: (it) => nameIn(teachers, it.teacher_id) },
          { key: "level", title: field("level"), show: (it) => nameIn(levels, it.certificate_level_id) },
          { key: "outcome", title: t("quals.result"), show: (it) => it.detail ?? t("quals.granted") },
        ]}
      />
    </section>
  );
}
