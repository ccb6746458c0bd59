import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadPolicyLimit } from "@/api/staff/sdk.gen.ts";
import type { CourseCategory, Level, LimitCode } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useCertificates, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Entry } from "./DraftParts.tsx";
import { ASKS, CATEGORIES, LIMIT_CODES } from "./limitCodes.ts";

const FRESH = {
  certificate_level_id: "",
  certificate_id: "",
  level: "",
  credit: "",
  percent: "",
  days: "",
  family: "",
  document_number: "",
  note: "",
  effective_from: today(),
  effective_to: "",
};

/** A limit of policy to load: only the fields that its kind has are asked for. */
export function NewLimit() {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useIdempotency();
  const [code, setCode] = useState<LimitCode>("per_certificate");
  const [isWaived, setWaived] = useState(false);
  const [categories, setCategories] = useState<readonly CourseCategory[]>([]);
  const [given, setGiven] = useState(FRESH);
  const [error, setError] = useState<unknown>(null);
  const { scope, figure } = ASKS[code];
  const put = (change: Partial<typeof FRESH>): void => setGiven({ ...given, ...change });
  const figureOf = (name: string): boolean => figure === name && !isWaived;
  const load = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setError(null);
    const body = {
      code,
      is_waived: isWaived,
      ...(scope && given[scope] && { [scope]: scope === "level" ? (given.level as Level) : given[scope] }),
      ...(figureOf("credit") && { credit: given.credit }),
      ...(figureOf("percent") && { percent: Number(given.percent) }),
      ...(figureOf("days") && { days: Number(given.days) }),
      ...(figureOf("family") && { family: given.family }),
      ...(figureOf("categories") && { categories: [...categories] }),
      document_number: given.document_number,
      note: given.note || null,
      effective_from: given.effective_from,
      effective_to: given.effective_to || null,
    };
    try {
      const { data } = await loadPolicyLimit({ body, headers: keyOf(body), throwOnError: true });
      await queryClient.invalidateQueries();
      await navigate({ to: `/policy-limits/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <PageHead title={t("limits.load")} hint={t("limits.hint")} />
      <form className="panel" onSubmit={(event) => void load(event)}>
        <p className="consequence">{t("limits.loadSays")}</p>
        <div className="filters">
          <Kind code={code} onChange={setCode} />
          {scope && <Scope scope={scope} isOptional={ASKS[code].isScopeOptional ?? false} given={given} put={put} />}
        </div>
        <label className="check">
          <input type="checkbox" checked={isWaived} onChange={(event) => setWaived(event.target.checked)} />{" "}
          {t("limits.waived")}
        </label>
        {figureOf("categories") && <Categories chosen={categories} onChange={setCategories} />}
        <Figures given={given} put={put} figureOf={figureOf} />
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit">
          {t("limits.load")}
        </Button>
      </form>
    </>
  );
}

function Kind({ code, onChange }: { code: LimitCode; onChange: (code: LimitCode) => void }) {
  const field = useField();
  const word = useWords();
  return (
    <label className="filter">
      <span>{field("kind")}</span>
      <select value={code} onChange={(event) => onChange(event.target.value as LimitCode)}>
        {LIMIT_CODES.map((it) => (
          <option key={it} value={it}>
            {word(it)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface GivenProps {
  given: typeof FRESH;
  put: (change: Partial<typeof FRESH>) => void;
}

function Scope({
  scope,
  isOptional,
  given,
  put,
}: GivenProps & { scope: "certificate_level_id" | "certificate_id" | "level"; isOptional: boolean }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const options = {
    certificate_level_id: useLevels(),
    certificate_id: useCertificates(),
    level: ["1", "2", "3"].map((value) => ({ value, label: word(`level_${value}`) })),
  }[scope];
  return (
    <Entry
      label={isOptional ? t("limits.forWhich") : field(scope === "level" ? "level" : "certificate")}
      value={given[scope]}
      options={options}
      isOptional={isOptional}
      onChange={(value) => put({ [scope]: value })}
    />
  );
}

function Categories({
  chosen,
  onChange,
}: {
  chosen: readonly CourseCategory[];
  onChange: (chosen: readonly CourseCategory[]) => void;
}) {
  const { t } = useTranslation("staff");
  return (
    <fieldset>
      <legend>{t("limits.categories")}</legend>
      {useOptions(CATEGORIES).map(({ value, label }) => (
        <label className="check" key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value as CourseCategory)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, value as CourseCategory] : chosen.filter((it) => it !== value),
              )
            }
          />{" "}
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Figures({ given, put, figureOf }: GivenProps & { figureOf: (name: string) => boolean }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const day = (name: "effective_from" | "effective_to", isOptional: boolean) => (
    <label className="filter">
      <span>{field(name)}</span>
      <input
        type="date"
        required={!isOptional}
        value={given[name]}
        onChange={(event) => put({ [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="filters">
      {(["credit", "percent", "days"] as const).filter(figureOf).map((name) => (
        <Entry
          key={name}
          label={t(`limits.${name}`)}
          value={given[name]}
          isNumber
          onChange={(value) => put({ [name]: value })}
        />
      ))}
      {figureOf("family") && (
        <Entry label={t("limits.family")} value={given.family} onChange={(family) => put({ family })} />
      )}
      <Entry
        label={field("document_number")}
        value={given.document_number}
        onChange={(document_number) => put({ document_number })}
      />
      <Entry label={t("limits.note")} value={given.note} isOptional onChange={(note) => put({ note })} />
      {day("effective_from", false)}
      {day("effective_to", true)}
    </div>
  );
}
