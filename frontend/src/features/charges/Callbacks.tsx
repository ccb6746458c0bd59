import { useTranslation } from "react-i18next";
import { listPaymentCallbacksOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { settlePaymentCallback } from "@/api/staff/sdk.gen.ts";
import type { CallbackOut } from "@/api/staff/types.gen.ts";
import { instant, yuan } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

/** What the payment channel told; what fitted no order is kept until somebody has settled it by hand. */
export function Callbacks() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead title={t("menu.paymentCallbacks")} hint={t("charges.callbacksHint")} />
      <List
        name="payment-callbacks"
        label={t("menu.paymentCallbacks")}
        options={(query) => listPaymentCallbacksOptions({ query })}
        keyOf={(it) => it.id}
        filters={[{ name: "is_waiting", label: t("charges.isWaiting"), options: useOptions(["true", "false"]) }]}
        columns={[
          { key: "order", title: t("charges.order"), show: (it) => <code>{it.order_id}</code> },
          { key: "amount", title: t("charges.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
          { key: "outcome", title: field("state"), show: (it) => <State of={it.outcome} as="charge" /> },
          { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
          { key: "received", title: t("charges.receivedAt"), show: (it) => instant(it.received_at) },
          { key: "settled", title: t("charges.settledAt"), show: (it) => instant(it.settled_at) },
          { key: "settlement", title: t("charges.settlement"), show: (it) => it.settlement ?? "—" },
          { key: "deeds", title: field("deeds"), show: (it) => <Settle callback={it} /> },
        ]}
        empty={{ title: t("charges.noCallbacks"), hint: t("charges.noCallbacksHint") }}
      />
    </>
  );
}

function Settle({ callback }: { callback: CallbackOut }) {
  const { t } = useTranslation("staff");
  const isWaiting = callback.outcome === "kept" && callback.settled_at === null;
  return (
    <Deeds
      allowed={isWaiting ? ["settle"] : []}
      deeds={{
        settle: {
          label: t("charges.settle"),
          consequence: t("charges.settleSays", { amount: yuan(callback.amount_fen) }),
          fields: [{ name: "settlement", label: t("charges.settlement"), type: "long" }],
          run: (it) =>
            settlePaymentCallback({
              path: { callback_id: callback.id },
              body: { settlement: it.settlement ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}
