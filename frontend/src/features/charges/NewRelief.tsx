import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listStudents, setReliefRule } from "@/api/staff/sdk.gen.ts";
import type { ReliefKind } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { fenOf, YUAN_PATTERN } from "@/lib/money.ts";
import { faultsByField, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";

/** The ids of students by their numbers, and the numbers that nobody has. */
async function studentsOf(numbers: readonly string[]): Promise<{ ids: string[]; unknown: string[] }> {
  const ids: string[] = [];
  const unknown: string[] = [];
  for (const number of numbers) {
    const { data } = await listStudents({ query: { text: number, page_size: 20 }, throwOnError: true });
    const found = data.items.find((it) => it.student_number === number);
    if (found) ids.push(found.id);
    else unknown.push(number);
  }
  return { ids, unknown };
}

/** Which group is let off how much, with the numbers of its students as the finance office has them. */
export function NewRelief() {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const kinds = useOptions(["waiver", "subsidy"], "charge");
  const [isShare, setShare] = useState(true);
  const [unknown, setUnknown] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const set = async (given: FormData): Promise<void> => {
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    const numbers = [
      ...new Set(
        text("students")
          .split(/[\s,，;；、]+/)
          .filter(Boolean),
      ),
    ];
    const found = await studentsOf(numbers);
    setUnknown(found.unknown);
    if (found.unknown.length > 0) return;
    await setReliefRule({
      body: {
        kind: text("kind") as ReliefKind,
        group_code: text("group_code"),
        group_name: text("group_name"),
        // A share counts in hundredths of a per cent, as an amount does in hundredths of a yuan.
        share: isShare ? fenOf(text("share")) : null,
        amount_fen: isShare ? null : fenOf(text("amount_fen")),
        document_number: text("document_number"),
        effective_from: text("effective_from"),
        effective_to: text("effective_to") || null,
        student_ids: found.ids,
      },
      throwOnError: true,
    });
    await queryClient.invalidateQueries();
    await navigate({ to: "/charge-rules" as never, search: { view: "reliefs" } as never });
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    set(new FormData(event.currentTarget))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <PageHead title={t("charges.setRelief")} hint={t("charges.setReliefSays")} />
      <form className="panel" onSubmit={submit}>
        <div className="both">
          <Labelled label={t("charges.groupName")} fault={faults.group_name}>
            <input name="group_name" required />
          </Labelled>
          <Labelled label={t("charges.groupCode")} fault={faults.group_code}>
            <input name="group_code" required />
          </Labelled>
          <Labelled label={field("kind")} hint={t("charges.kindHint")} fault={faults.kind}>
            <select name="kind" required>
              <Options of={kinds} />
            </select>
          </Labelled>
          <Labelled label={t("charges.by")}>
            <select value={String(isShare)} onChange={(event) => setShare(event.target.value === "true")}>
              <option value="true">{t("charges.byShare")}</option>
              <option value="false">{t("charges.byAmount")}</option>
            </select>
          </Labelled>
          {isShare ? (
            <Labelled label={t("charges.share")} fault={faults.share}>
              <input name="share" inputMode="decimal" pattern={YUAN_PATTERN} required />
            </Labelled>
          ) : (
            <Labelled label={t("charges.amountYuan")} fault={faults.amount_fen}>
              <input name="amount_fen" inputMode="decimal" pattern={YUAN_PATTERN} required />
            </Labelled>
          )}
          <Labelled label={field("document_number")} fault={faults.document_number}>
            <input name="document_number" required />
          </Labelled>
          <Labelled label={field("effective_from")} fault={faults.effective_from}>
            <input name="effective_from" type="date" required defaultValue={today()} />
          </Labelled>
          <Labelled label={field("effective_to")} fault={faults.effective_to}>
            <input name="effective_to" type="date" />
          </Labelled>
        </div>
        <Labelled label={t("charges.numbers")} hint={t("charges.numbersHint")} fault={faults.student_ids}>
          <textarea name="students" rows={6} required />
        </Labelled>
        {unknown.length > 0 && (
          <p className="consequence" role="alert">
            {t("charges.unknownNumbers", { count: unknown.length })} {unknown.join("、")}
          </p>
        )}
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("common.save")}
        </Button>
      </form>
    </>
  );
}
