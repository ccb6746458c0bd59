import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { getCostSheetOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { acceptCostSheet, loadCostLines, returnCostSheet, submitCostSheet } from "@/api/staff/sdk.gen.ts";
import type { CostSheetOut } from "@/api/staff/types.gen.ts";
import { instant, yuan } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { LoadTable } from "@/ui/staff/LoadTable.tsx";
import { nameIn, useColleges, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { CostLines } from "./CostLines.tsx";
import { CostSheetEditor } from "./CostSheetEditor.tsx";
import { FindingList } from "./Findings.tsx";
import { LastYear } from "./LastYear.tsx";

export function CostSheet({ id }: { id: string }) {
  return <Loaded options={getCostSheetOptions({ path: { cost_sheet_id: id } })}>{(it) => <Known sheet={it} />}</Loaded>;
}

function Known({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const colleges = useColleges();
  const [search, change] = useUrlState();
  const mayChange = sheet.allowed_deeds.includes("change");
  const isEditing = mayChange && search.edit === "1";
  return (
    <>
      <PageHead
        title={`${nameIn(levels, sheet.certificate_level_id)} · ${sheet.year}`}
        state={<State of={sheet.state} />}
        hint={`${nameIn(colleges, sheet.college_id)} · ${word(sheet.exam_form)} · ${t("fees.version", { version: sheet.version })}`}
      >
        {mayChange && !isEditing && <Button onClick={() => change({ edit: "1" })}>{t("common.edit")}</Button>}
        {!isEditing && <Decide sheet={sheet} />}
      </PageHead>
      {sheet.reason && <p className="consequence">{t("fees.returnedFor", { reason: sheet.reason })}</p>}
      <Totals sheet={sheet} />
      <FindingList findings={sheet.findings.filter((it) => it.line === null)} />
      {isEditing ? (
        <CostSheetEditor sheet={sheet} onClose={() => change({ edit: undefined })} />
      ) : (
        <>
          <section className="panel">
            <Facts
              facts={[
                [t("fees.reckonedFor"), sheet.candidates],
                [t("fees.machineMarked"), word(String(sheet.machine_marked))],
                [t("fees.submittedAt"), instant(sheet.submitted_at)],
                [field("decided_at"), instant(sheet.decided_at)],
              ]}
            />
          </section>
          <CostLines sheet={sheet} />
        </>
      )}
      {mayChange && !isEditing && <LoadLines sheet={sheet} />}
      <LastYear sheet={sheet} />
      <Audit of={sheet.id} />
    </>
  );
}

function Totals({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  const room = sheet.ceiling_fen === null ? null : sheet.ceiling_fen - sheet.cash_fen;
  const tiles = [
    ["cash", t("fees.cashEach"), yuan(sheet.cash_fen)],
    ["in_kind", t("fees.inKindEach"), yuan(sheet.in_kind_fen)],
    ["ceiling", t("fees.ceiling"), yuan(sheet.ceiling_fen)],
    [
      "room",
      room !== null && room < 0 ? t("fees.above") : t("fees.below"),
      yuan(room === null ? null : Math.abs(room)),
    ],
  ] as const;
  return (
    <div className="tiles">
      {tiles.map(([key, title, amount]) => (
        <div key={key} className="tile">
          <strong>{amount}</strong>
          <span>{title}</span>
        </div>
      ))}
    </div>
  );
}

function Decide({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { cost_sheet_id: sheet.id }, headers: ifMatch(sheet), throwOnError: true } as const;
  return (
    <Deeds
      allowed={sheet.allowed_deeds}
      deeds={{
        submit: { consequence: t("fees.submitSays"), run: () => submitCostSheet(to) },
        accept: { label: t("fees.accept"), consequence: t("fees.acceptSays"), run: () => acceptCostSheet(to) },
        return: {
          consequence: t("fees.returnSays"),
          isDanger: true,
          fields: [{ name: "reason", label: field("reason"), type: "long" }],
          run: (it) => returnCostSheet({ ...to, body: { reason: it.reason ?? "" } }),
        },
      }}
    />
  );
}

function LoadLines({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  return (
    <LoadTable
      title={t("fees.loadLines")}
      hint={t("fees.loadLinesHint")}
      template={{ path: "/v1/cost-sheet-template", file: "cost-sheet.xlsx" }}
      send={async (table, validate_only) => {
        const { data } = await loadCostLines({
          ...table,
          path: { cost_sheet_id: sheet.id },
          query: { validate_only },
          headers: { ...table.headers, ...ifMatch(sheet) },
          throwOnError: true,
        });
        return data;
      }}
      preview={(it) =>
        t("fees.loadLinesSays", {
          before: sheet.lines.length,
          cash: yuan(it.sheet?.cash_fen),
          findings: it.sheet?.findings.length ?? 0,
        })
      }
    />
  );
}
