import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { summariseLedgerOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { UnitTotalOut } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** The book as a whole: what left one account came to another, so that each unit sums up to zero. */
export function Ledger() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("ledger.title")} hint={t("ledger.hint")} />
      <Loaded options={summariseLedgerOptions()}>
        {(summary) =>
          summary.units.length === 0 ? (
            <Empty title={t("ledger.none")} hint={t("ledger.noneHint")} />
          ) : (
            summary.units.map((unit) => <Unit key={unit.unit} total={unit} />)
          )
        }
      </Loaded>
    </>
  );
}

function Unit({ total }: { total: UnitTotalOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const shown = (amount: number): string =>
    total.unit === "cny" ? yuan(amount) : (amount / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
  const disagreeing = total.kinds.reduce((sum, it) => sum + it.disagreeing, 0);
  const isSound = total.sum === 0 && disagreeing === 0;
  return (
    <section className="panel">
      <h2>{word(`unit_${total.unit}`)}</h2>
      <Alert
        type={isSound ? "success" : "error"}
        showIcon
        title={isSound ? t("ledger.sound") : t("ledger.broken", { sum: total.sum, count: disagreeing })}
      />
      <div className="tiles" style={{ marginTop: 12 }}>
        <div className="tile">
          <strong>{shown(total.sum)}</strong>
          <span>{t("ledger.sum")}</span>
        </div>
        <div className="tile">
          <strong>{total.transfers}</strong>
          <span>{t("ledger.transfers")}</span>
        </div>
        <div className="tile">
          <strong>{shown(total.moved)}</strong>
          <span>{t("ledger.moved")}</span>
        </div>
      </div>
      <Grid
        label={word(`unit_${total.unit}`)}
        rows={total.kinds}
        keyOf={(it) => it.kind}
        columns={[
          { key: "kind", title: t("ledger.kind"), show: (it) => word(`book_${it.kind}`) },
          { key: "accounts", title: t("ledger.accounts"), show: (it) => it.accounts, isNumber: true },
          { key: "balance", title: t("ledger.balance"), show: (it) => shown(it.balance), isNumber: true },
          { key: "disagreeing", title: t("ledger.disagreeing"), show: (it) => it.disagreeing, isNumber: true },
        ]}
      />
    </section>
  );
}
