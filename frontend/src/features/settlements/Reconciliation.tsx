import { useTranslation } from "react-i18next";
import {
  getReconciliationOptions,
  listReconciliationDifferencesOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ReconciliationOut } from "@/api/staff/types.gen.ts";
import { instant, yuan } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

const KINDS = ["theirs_only", "ours_only", "amount_differs", "presence_differs", "named_twice", "unreadable"];

export function Reconciliation({ id }: { id: string }) {
  return (
    <Loaded options={getReconciliationOptions({ path: { reconciliation_id: id } })}>
      {(it) => <Known reconciliation={it} />}
    </Loaded>
  );
}

/** Where the organisation's list and ours say something else of a candidate. */
function Known({ reconciliation: it }: { reconciliation: ReconciliationOut }) {
  const { t } = useTranslation("staff");
  const tiles = [
    [t("settlements.matching"), it.matching],
    [t("settlements.differences"), it.differences],
    [t("settlements.theirSum"), yuan(it.their_fen)],
    [t("settlements.ourSum"), yuan(it.our_fen)],
    [t("settlements.apart"), yuan(it.their_fen - it.our_fen)],
  ] as const;
  return (
    <>
      <PageHead
        title={t("settlements.reconciliation")}
        hint={`${t("settlements.reconciledAt", { at: instant(it.made_at), rows: it.rows, edition: it.edition })}`}
      >
        <LinkButton to={`/settlements/${it.settlement_id}`}>{t("settlements.backTo")}</LinkButton>
      </PageHead>
      {!it.is_current && <p className="consequence">{t("settlements.notCurrent")}</p>}
      <div className="tiles">
        {tiles.map(([name, value]) => (
          <div key={name} className="tile">
            <strong>{value}</strong>
            <span>{name}</span>
          </div>
        ))}
      </div>
      <Differences id={it.id} />
      <Audit of={it.id} />
    </>
  );
}

function Differences({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="reconciliation-differences"
      label={t("settlements.differences")}
      options={(query) => listReconciliationDifferencesOptions({ path: { reconciliation_id: id }, query })}
      keyOf={(it) => String(it.number)}
      filters={[{ name: "kind", label: t("settlements.difference"), options: useOptions(KINDS, "settlement") }]}
      exports={{ path: `/v1/reconciliations/${id}:export`, file: "reconciliation.xlsx" }}
      columns={[
        { key: "kind", title: t("settlements.difference"), show: (it) => word(it.kind, "settlement") },
        { key: "row", title: t("imports.row"), show: (it) => it.row_number ?? "—", isNumber: true },
        { key: "number", title: field("admission_number"), show: (it) => it.admission_number ?? "—" },
        { key: "theirs", title: t("settlements.theirs"), show: (it) => yuan(it.their_fen), isNumber: true },
        { key: "ours", title: t("settlements.ours"), show: (it) => yuan(it.our_fen), isNumber: true },
        {
          key: "their_presence",
          title: t("settlements.theirPresence"),
          show: (it) => word(it.their_presence, "settlement"),
        },
        { key: "our_presence", title: t("settlements.ourPresence"), show: (it) => word(it.our_presence, "settlement") },
        {
          key: "code",
          title: t("imports.code"),
          show: (it) => (it.code ? `${it.header ?? ""} ${it.code}`.trim() : "—"),
        },
      ]}
      empty={{ title: t("settlements.noDifferences"), hint: t("settlements.noDifferencesHint") }}
    />
  );
}
