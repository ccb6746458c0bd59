import { useNavigate } from "@tanstack/react-router";
import { Alert, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { previewNumberPattern, setNumberPattern } from "@/api/staff/sdk.gen.ts";
import type { PatternPreviewOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useCertificates, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";

interface Seen {
  pattern: string;
  preview: PatternPreviewOut;
}

/** A pattern is looked at with its first numbers before it is set. */
export function NewNumberPattern() {
  const { t } = useTranslation("staff");
  const field = useField();
  const levels = useOptions(["level_1", "level_2", "level_3"]);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    const body = {
      pattern: text("pattern"),
      level: text("level").replace("level_", ""),
      institution_code: text("institution_code"),
      year: Number(text("year")),
    };
    setError(null);
    setSeen(null);
    try {
      const { data } = await previewNumberPattern({ body, throwOnError: true });
      setSeen({ pattern: body.pattern, preview: data });
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <PageHead title={t("numbering.set")} hint={t("numbering.setHint")} />
      <form className="panel" onSubmit={(event) => void look(event)} onChange={() => setSeen(null)}>
        <label className="field">
          <span>{t("numbering.pattern")}</span>
          <input name="pattern" required maxLength={120} defaultValue="X{year}{level}{institution}{serial:5}{check}" />
          <small>{t("numbering.patternHint")}</small>
        </label>
        <h2>{t("numbering.tryWith")}</h2>
        <div className="both">
          <label className="field">
            <span>{field("level")}</span>
            <select name="level" defaultValue="level_2">
              {levels.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t("numbering.institutionCode")}</span>
            <input name="institution_code" required pattern="[0-9]{10}" inputMode="numeric" />
          </label>
          <label className="field">
            <span>{t("numbering.year")}</span>
            <input name="year" type="number" required defaultValue={today().slice(0, 4)} />
          </label>
        </div>
        {error !== null && <ProblemNote error={error} />}
        <Button htmlType="submit" type={seen ? "default" : "primary"}>
          {t("numbering.preview")}
        </Button>
      </form>
      {seen && <Preview seen={seen} />}
    </>
  );
}

function Preview({ seen }: { seen: Seen }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const certificates = useCertificates();
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="panel" aria-label={t("numbering.preview")}>
      <h2>{t("numbering.first")}</h2>
      <ul>
        {seen.preview.numbers.map((it) => (
          <li key={it}>
            <code>{it}</code>
          </li>
        ))}
      </ul>
      <p>{t("numbering.lasts", { count: seen.preview.serials })}</p>
      {seen.preview.may_clash && <Alert type="warning" title={t("numbering.mayClash")} showIcon />}
      <p />
      <Button type="primary" onClick={() => setAsking(true)}>
        {t("numbering.set")}
      </Button>
      {isAsking && (
        <FormDialog
          title={t("numbering.set")}
          consequence={t("numbering.setSays", { number: seen.preview.numbers[0] ?? "" })}
          fields={[
            {
              name: "certificate_id",
              label: field("certificate"),
              options: certificates,
              isOptional: true,
              hint: t("numbering.allOthersHint"),
            },
            { name: "basis", label: field("basis") },
            { name: "effective_from", label: t("numbering.from"), type: "date", initial: today() },
          ]}
          submit={t("numbering.set")}
          run={async (it) => {
            const body = {
              certificate_id: it.certificate_id || null,
              pattern: seen.pattern,
              basis: it.basis ?? "",
              effective_from: it.effective_from ?? "",
            };
            await setNumberPattern({ body, throwOnError: true });
            await navigate({ to: "/number-patterns" as never });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
