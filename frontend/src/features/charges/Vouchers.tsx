import { useTranslation } from "react-i18next";
import { recordVoucherFile, recordVouchers } from "@/api/staff/sdk.gen.ts";
import type { ChargeOut } from "@/api/staff/types.gen.ts";
import { today, yuan } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LoadTable } from "@/ui/staff/LoadTable.tsx";

/** One document that pays what several chosen charges still owe. */
export function VoucherForChosen({ charges, done }: { charges: readonly ChargeOut[]; done: () => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const keyFor = useIdempotency();
  const owing = charges.filter((it) => it.open_fen > 0);
  const altogether = owing.reduce((sum, it) => sum + it.open_fen, 0);
  return (
    <Deeds
      allowed={owing.length > 0 ? ["voucher"] : []}
      deeds={{
        voucher: {
          label: t("charges.voucherFor", { count: owing.length }),
          consequence: t("charges.voucherForSays", { count: owing.length, amount: yuan(altogether) }),
          fields: [
            { name: "document_number", label: field("document_number") },
            { name: "paid_on", label: t("charges.paidOn"), type: "date", initial: today() },
          ],
          run: async (it) => {
            const of = {
              document_number: it.document_number ?? "",
              paid_on: it.paid_on ?? "",
              document_fen: altogether,
            };
            const body = { rows: owing.map(({ id, open_fen }) => ({ charge_id: id, amount_fen: open_fen, ...of })) };
            await recordVouchers({ body, headers: keyFor(body), throwOnError: true });
            done();
          },
        },
      }}
    />
  );
}

/** Vouchers for many charges from a table: all rows or none. */
export function LoadVouchers() {
  const { t } = useTranslation("staff");
  return (
    <LoadTable
      title={t("charges.loadVouchers")}
      hint={t("charges.loadVouchersHint")}
      template={{ path: "/v1/voucher-template", file: "vouchers.xlsx" }}
      send={async (table, validate_only) =>
        (await recordVoucherFile({ ...table, query: { validate_only }, throwOnError: true })).data
      }
      preview={(it) => t("charges.loadVouchersSays", { documents: it.documents, amount: yuan(it.amount_fen) })}
    />
  );
}
