import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { getSettlementOptions, listSettlementRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { SettlementDetailOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, yuan } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { DownloadButton } from "./DownloadButton.tsx";
import { useSettlementDeeds } from "./deeds.ts";
import { Reconcile } from "./Reconcile.tsx";

export function Settlement({ id }: { id: string }) {
  return (
    <Loaded options={getSettlementOptions({ path: { settlement_id: id } })}>{(it) => <Known settlement={it} />}</Loaded>
  );
}

const COUNTS = ["candidates", "attended", "absent", "exempt", "unknown"] as const;
const MONEY = ["charged_fen", "cancelled_fen", "waived_fen", "reduced_fen", "paid_fen", "refunded_fen"] as const;

function Known({ settlement }: { settlement: SettlementDetailOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const path = `/v1/settlements/${settlement.id}`;
  return (
    <>
      <PageHead
        title={`${t("settlements.settlement")} · ${settlement.plan_name}`}
        state={<State of={settlement.state} as="settlement" />}
        hint={`${settlement.institution_name} · ${settlement.organisation_name} · ${t("settlements.edition", {
          number: settlement.number,
          edition: settlement.edition,
        })}`}
      >
        <Deeds allowed={settlement.allowed_deeds} deeds={useSettlementDeeds(settlement)} />
        <DownloadButton path={`${path}:export`} file="settlement.xlsx" label={t("settlements.export")} />
        <DownloadButton path={`${path}:print`} file="settlement.pdf" label={t("settlements.print")} />
      </PageHead>
      {settlement.dispute_reason && (
        <p className="consequence">{t("settlements.disputedFor", { reason: settlement.dispute_reason })}</p>
      )}
      <div className="tiles">
        <div className="tile">
          <strong>{yuan(settlement.due_fen)}</strong>
          <span>{t("settlements.due")}</span>
        </div>
        {COUNTS.map((name) => (
          <div key={name} className={settlement[name] > 0 ? "tile" : "tile calm"}>
            <strong>{settlement[name]}</strong>
            <span>{t(`settlements.${name}`)}</span>
          </div>
        ))}
      </div>
      <Agreement settlement={settlement} />
      <section className="panel">
        <Facts
          facts={[
            ...MONEY.map((name) => [t(`settlements.${name}`), yuan(settlement[name])] as const),
            [t("settlements.before_fen"), yuan(settlement.before_fen)],
            [t("settlements.guarantees"), settlement.guarantees_used],
            [t("settlements.asOf"), instant(settlement.as_of)],
            [
              t("settlements.adjusts"),
              settlement.adjusts_id && (
                <Link key="adjusts" to={`/settlements/${settlement.adjusts_id}` as never}>
                  {t("settlements.earlier")}
                </Link>
              ),
            ],
            [t("settlements.payment"), settlement.payment_document],
            [t("settlements.paidOn"), settlement.paid_on],
          ]}
        />
      </section>
      <Lines settlement={settlement} />
      {may("settlements:reconcile") && <Reconcile settlement={settlement} />}
      <Rows id={settlement.id} />
      <Audit of={settlement.id} />
    </>
  );
}

/** Both sides agree to the same figures: the hash says which. */
function Agreement({ settlement }: { settlement: SettlementDetailOut }) {
  const { t } = useTranslation("staff");
  const side = (name: string, agreed: boolean) => (
    <Tag {...(agreed && { color: "success" })}>
      {name} {agreed ? t("mappings.agreed") : t("mappings.notAgreed")}
    </Tag>
  );
  return (
    <section className="panel">
      <h2>{t("settlements.agreement")}</h2>
      <p>
        {side(settlement.institution_name, settlement.institution_agreed)}{" "}
        {side(settlement.organisation_name, settlement.organisation_agreed)}
      </p>
      <p className="muted">
        {t("mappings.hash")} <code>{settlement.content_hash}</code>
      </p>
    </section>
  );
}

function Lines({ settlement }: { settlement: SettlementDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("settlements.lines")}</h2>
      <Grid
        label={t("settlements.lines")}
        rows={settlement.lines}
        keyOf={(it) => `${it.certificate_level_id}-${it.payer}-${it.fee_standard_id}`}
        columns={[
          {
            key: "level",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "payer", title: t("settlements.payer"), show: (it) => word(it.payer, "payer") },
          { key: "fee", title: t("settlements.fee"), show: (it) => yuan(it.fee_fen), isNumber: true },
          { key: "candidates", title: t("settlements.candidates"), show: (it) => it.candidates, isNumber: true },
          { key: "attended", title: t("settlements.attended"), show: (it) => it.attended, isNumber: true },
          { key: "absent", title: t("settlements.absent"), show: (it) => it.absent, isNumber: true },
          { key: "exempt", title: t("settlements.exempt"), show: (it) => it.exempt, isNumber: true },
          { key: "used", title: t("settlements.guarantees"), show: (it) => it.guarantees_used, isNumber: true },
          { key: "charged", title: t("settlements.charged_fen"), show: (it) => yuan(it.charged_fen), isNumber: true },
          {
            key: "refunded",
            title: t("settlements.refunded_fen"),
            show: (it) => yuan(it.refunded_fen),
            isNumber: true,
          },
          { key: "due", title: t("settlements.due"), show: (it) => yuan(it.due_fen), isNumber: true },
        ]}
      />
    </section>
  );
}

function Rows({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const colleges = useColleges();
  const levels = useLevels();
  return (
    <section>
      <h2>{t("settlements.rows")}</h2>
      <List
        name="settlement-rows"
        label={t("settlements.rows")}
        options={(query) => listSettlementRowsOptions({ path: { settlement_id: id }, query })}
        keyOf={(it) => `${it.registration_id}-${it.payer}`}
        columns={[
          { key: "number", title: field("admission_number"), show: (it) => it.admission_number },
          // An organisation knows candidates by their numbers, not by the institution's colleges.
          colleges.length > 0
            ? { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) }
            : { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
          { key: "payer", title: t("settlements.payer"), show: (it) => word(it.payer, "payer") },
          { key: "presence", title: t("settlements.presence"), show: (it) => word(it.presence, "settlement") },
          { key: "used", title: t("settlements.guaranteeUsed"), show: (it) => word(String(it.guarantee_used)) },
          { key: "charged", title: t("settlements.charged_fen"), show: (it) => yuan(it.charged_fen), isNumber: true },
          {
            key: "refunded",
            title: t("settlements.refunded_fen"),
            show: (it) => yuan(it.refunded_fen),
            isNumber: true,
          },
          { key: "due", title: t("settlements.due"), show: (it) => yuan(it.due_fen), isNumber: true },
        ]}
        empty={{ title: t("settlements.noRows"), hint: t("settlements.noRowsHint") }}
      />
    </section>
  );
}
