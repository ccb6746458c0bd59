import { useTranslation } from "react-i18next";
import { listPayerRulesOptions, listReliefRulesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { setPayerRule } from "@/api/staff/sdk.gen.ts";
import type { Payer, ReliefRuleOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today, yuan } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useColleges, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";

const PAYERS = ["institution", "college", "student", "subsidy"];

/** Who pays for whose exam, and which groups are let off how much, each by its document. */
export function ChargeRules() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views = [
    ["payers", t("charges.payerRules")],
    ["reliefs", t("charges.reliefRules")],
  ] as const;
  const view = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.chargeRules")} hint={t("charges.rulesHint")}>
        <Views views={views} now={view} label={t("menu.chargeRules")} />
        {view === "payers" && <SetPayer />}
        {view === "reliefs" && may("charge_rules:set") && (
          <LinkButton to="/charge-rules/new-relief" isPrimary>
            {t("charges.setRelief")}
          </LinkButton>
        )}
      </PageHead>
      {view === "payers" ? <Payers /> : <ReliefRules />}
    </>
  );
}

function Payers() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const colleges = useColleges();
  return (
    <List
      name="payer-rules"
      label={t("charges.payerRules")}
      options={(query) => listPayerRulesOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "payer", title: t("charges.payer"), show: (it) => word(it.payer, "payer") },
        {
          key: "level",
          title: field("certificate"),
          show: (it) => (it.certificate_level_id ? nameIn(levels, it.certificate_level_id) : t("charges.everyLevel")),
        },
        {
          key: "college",
          title: field("college"),
          show: (it) => (it.college_id ? nameIn(colleges, it.college_id) : t("charges.everyCollege")),
        },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? "—" },
        { key: "recorded", title: t("charges.recordedAt"), show: (it) => instant(it.recorded_at) },
      ]}
      empty={{ title: t("charges.noPayerRules"), hint: t("charges.noPayerRulesHint") }}
    />
  );
}

function SetPayer() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const payers = useOptions(PAYERS, "payer");
  const levels = useLevels();
  const colleges = useColleges();
  return (
    <Deeds
      allowed={may("charge_rules:set") ? ["set"] : []}
      deeds={{
        set: {
          label: t("charges.setPayer"),
          consequence: t("charges.setPayerSays"),
          fields: [
            { name: "payer", label: t("charges.payer"), options: payers },
            {
              name: "certificate_level_id",
              label: field("certificate"),
              options: levels,
              isOptional: true,
              hint: t("charges.everyLevel"),
            },
            {
              name: "college_id",
              label: field("college"),
              options: colleges,
              isOptional: true,
              hint: t("charges.everyCollege"),
            },
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
            { name: "effective_to", label: field("effective_to"), type: "date", isOptional: true },
          ],
          run: (it) =>
            setPayerRule({
              body: {
                payer: it.payer as Payer,
                certificate_level_id: it.certificate_level_id || null,
                college_id: it.college_id || null,
                document_number: it.document_number ?? "",
                effective_from: it.effective_from ?? "",
                effective_to: it.effective_to || null,
              },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

function ReliefRules() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const worthOf = (it: ReliefRuleOut): string =>
    it.amount_fen !== null ? yuan(it.amount_fen) : `${(it.share ?? 0) / 100}%`;
  return (
    <List
      name="relief-rules"
      label={t("charges.reliefRules")}
      options={(query) => listReliefRulesOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "group", title: t("charges.group"), show: (it) => `${it.group_name}（${it.group_code}）` },
        { key: "kind", title: field("kind"), show: (it) => word(it.kind, "charge") },
        { key: "worth", title: t("charges.worth"), show: (it) => worthOf(it), isNumber: true },
        { key: "students", title: t("charges.students"), show: (it) => it.students, isNumber: true },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? "—" },
      ]}
      empty={{ title: t("charges.noReliefRules"), hint: t("charges.noReliefRulesHint") }}
    />
  );
}
