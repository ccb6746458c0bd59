import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reconcileSettlement } from "@/api/staff/sdk.gen.ts";
import type { SettlementDetailOut } from "@/api/staff/types.gen.ts";
import { sentTable } from "@/lib/tables.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { DropTable } from "@/ui/staff/DropTable.tsx";
import { DownloadButton } from "./DownloadButton.tsx";

/** The organisation's own list is laid beside ours, candidate by candidate; nothing is changed by it. */
export function Reconcile({ settlement }: { settlement: SettlementDetailOut }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const path = { settlement_id: settlement.id };
  const compare = async (file: File): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await reconcileSettlement({ path, ...(await sentTable(file)), throwOnError: true });
      await navigate({ to: `/reconciliations/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      <h2>{t("settlements.reconcile")}</h2>
      <p className="muted">{t("settlements.reconcileHint")}</p>
      <p>
        <DownloadButton
          path={`/v1/settlements/${settlement.id}/reconciliation-template`}
          file="reconciliation.xlsx"
          label={t("loadTable.template")}
        />
      </p>
      <DropTable label={t("settlements.reconcileDrop")} isBusy={isBusy} onFile={(file) => void compare(file)} />
      {error !== null && <ProblemNote error={error} />}
    </section>
  );
}
