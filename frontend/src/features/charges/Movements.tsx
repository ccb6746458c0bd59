import { useTranslation } from "react-i18next";
import { listPaymentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmPayment, rejectPayment } from "@/api/staff/sdk.gen.ts";
import type { ChargeDetailOut, PaymentOut } from "@/api/staff/types.gen.ts";
import { instant, yuan } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What a charge was let off, or what a fund paid of it. */
export function Reliefs({ charge }: { charge: ChargeDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("charges.reliefs")}</h2>
      {charge.reliefs.length === 0 ? (
        <p className="muted">{t("charges.noReliefs")}</p>
      ) : (
        <Grid
          label={t("charges.reliefs")}
          rows={charge.reliefs}
          keyOf={(it) => it.id}
          columns={[
            { key: "kind", title: field("kind"), show: (it) => word(it.kind, "charge") },
            { key: "amount", title: t("charges.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
            { key: "document", title: field("document_number"), show: (it) => it.document_number },
            {
              key: "reason",
              title: field("reason"),
              show: (it) => it.reason ?? (it.relief_rule_id ? t("charges.byRule") : "—"),
            },
            { key: "at", title: t("charges.recordedAt"), show: (it) => instant(it.recorded_at) },
          ]}
        />
      )}
    </section>
  );
}

/** What was given back, by cause. */
export function Refunds({ charge }: { charge: ChargeDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("charges.refunds")}</h2>
      {charge.refunds.length === 0 ? (
        <p className="muted">{t("charges.noRefunds")}</p>
      ) : (
        <Grid
          label={t("charges.refunds")}
          rows={charge.refunds}
          keyOf={(it) => it.id}
          columns={[
            { key: "cause", title: t("charges.cause"), show: (it) => word(it.cause, "cause") },
            { key: "amount", title: t("charges.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
            { key: "document", title: field("document_number"), show: (it) => it.document_number ?? "—" },
            { key: "reason", title: field("reason"), show: (it) => it.reason },
            { key: "at", title: t("charges.recordedAt"), show: (it) => instant(it.recorded_at) },
          ]}
        />
      )}
    </section>
  );
}

/** Vouchers and orders of a charge; a voucher counts once a second person has confirmed it. */
export function Payments({ charge }: { charge: ChargeDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("charges.payments")}</h2>
      <Loaded options={listPaymentsOptions({ path: { charge_id: charge.id }, query: { page_size: 100 } })}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t("charges.noPayments")}</p>
          ) : (
            <Grid
              label={t("charges.payments")}
              rows={items}
              keyOf={(it) => it.id}
              columns={[
                { key: "channel", title: t("charges.channel"), show: (it) => word(it.channel, "charge") },
                { key: "amount", title: t("charges.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
                { key: "document", title: field("document_number"), show: (it) => it.document_number ?? "—" },
                { key: "paid_on", title: t("charges.paidOn"), show: (it) => it.paid_on ?? "—" },
                { key: "recorded", title: t("charges.recordedAt"), show: (it) => instant(it.recorded_at) },
                { key: "decided", title: field("decided_at"), show: (it) => instant(it.decided_at) },
                { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
                { key: "state", title: field("state"), show: (it) => <State of={it.state} as="settlement" /> },
                { key: "deeds", title: field("deeds"), show: (it) => <Decide payment={it} /> },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function Decide({ payment }: { payment: PaymentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { payment_id: payment.id }, throwOnError: true } as const;
  return (
    <Deeds
      allowed={payment.allowed_deeds}
      deeds={{
        confirm: {
          label: t("charges.confirm"),
          consequence: t("charges.confirmSays", {
            amount: yuan(payment.amount_fen),
            document: payment.document_number ?? "—",
          }),
          run: () => confirmPayment(to),
        },
        reject: {
          label: t("charges.reject"),
          consequence: t("charges.rejectSays"),
          isDanger: true,
          fields: [{ name: "reason", label: field("reason"), type: "long" }],
          run: (it) => rejectPayment({ ...to, body: { reason: it.reason ?? "" } }),
        },
      }}
    />
  );
}
