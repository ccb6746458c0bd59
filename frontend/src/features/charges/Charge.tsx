import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getChargeOptions, getStudentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { recordVoucher, refundCharge, relieveCharge, startOrder } from "@/api/staff/sdk.gen.ts";
import type { ChargeDetailOut, RefundCause, ReliefKind } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today, yuan } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { fenOf, yuanText } from "@/lib/money.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges, useLevels, useOptions, usePlans } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Payments, Refunds, Reliefs } from "./Movements.tsx";

const CAUSES = ["sitting_cancelled", "plan_cancelled", "incident", "illness", "correction", "overcharge"];

export function Charge({ id }: { id: string }) {
  return <Loaded options={getChargeOptions({ path: { charge_id: id } })}>{(it) => <Known charge={it} />}</Loaded>;
}

function Known({ charge }: { charge: ChargeDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const levels = useLevels();
  const colleges = useColleges();
  const plans = usePlans();
  const tiles = [
    [t("charges.amount"), charge.amount_fen],
    [t("charges.waived"), charge.waived_fen],
    [t("charges.subsidised"), charge.subsidised_fen],
    [t("charges.paid"), charge.paid_fen],
    [t("charges.refunded"), charge.refunded_fen],
    [t("charges.open"), charge.open_fen],
  ] as const;
  return (
    <>
      <PageHead
        title={`${t("charges.charge")} · ${nameIn(levels, charge.certificate_level_id)}`}
        state={<State of={charge.state} as="charge" />}
        hint={`${word(charge.payer, "payer")} · ${charge.is_guaranteed ? t("charges.isGuaranteed") : t("charges.isNot")}`}
      >
        <ChargeDeeds charge={charge} />
      </PageHead>
      <div className="tiles">
        {tiles.map(([name, fen]) => (
          <div key={name} className={fen > 0 ? "tile" : "tile calm"}>
            <strong>{yuan(fen)}</strong>
            <span>{name}</span>
          </div>
        ))}
      </div>
      <section className="panel">
        <Facts
          facts={[
            [
              field("plan"),
              <Link key="plan" to={`/exam-plans/${charge.exam_plan_id}` as never}>
                {nameIn(plans, charge.exam_plan_id)}
              </Link>,
            ],
            [field("college"), nameIn(colleges, charge.college_id)],
            [field("exam_form"), word(charge.exam_form)],
            [t("charges.raisedAt"), instant(charge.raised_at)],
            [
              t("charges.standard"),
              <Link key="fee" to={`/fee-standards/${charge.fee_standard_id}` as never}>
                {yuan(charge.amount_fen)}
              </Link>,
            ],
            [t("charges.ofStudent"), <OfStudent key="student" id={charge.student_id} />],
          ]}
        />
      </section>
      <Reliefs charge={charge} />
      {may("payments:read") && <Payments charge={charge} />}
      <Refunds charge={charge} />
      <Audit of={charge.id} />
    </>
  );
}

function OfStudent({ id }: { id: string | null }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const path = { student_id: id ?? "" };
  const { data } = useQuery({ ...getStudentOptions({ path }), enabled: id !== null && may("students:read") });
  if (!id) return <>{t("charges.social")}</>;
  return (
    <>
      {may("students:read") && (
        <Link to={`/students/${id}` as never}>
          {data ? `${data.student_number} ${data.name}` : t("charges.student")}
        </Link>
      )}{" "}
      {may("guarantees:read") && <Link to={`/guarantees/${id}` as never}>{t("charges.guarantee")}</Link>}{" "}
      <Link to={"/charges" as never} search={{ student_id: id } as never}>
        {t("charges.otherCharges")}
      </Link>
    </>
  );
}

function ChargeDeeds({ charge }: { charge: ChargeDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const keyFor = useIdempotency();
  const causes = useOptions(CAUSES, "cause");
  const kinds = useOptions(["waiver", "subsidy"], "charge");
  const to = { path: { charge_id: charge.id }, throwOnError: true } as const;
  const isOpen = charge.open_fen > 0 && charge.state === "open";
  const document = { name: "document_number", label: field("document_number") } as const;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const amount = (fen: number) =>
    ({ name: "amount_fen", label: t("charges.amountYuan"), type: "money", initial: yuanText(fen) }) as const;
  return (
    <Deeds
      allowed={[...charge.allowed_deeds, ...(isOpen && may("payments:start") ? ["start"] : [])]}
      deeds={{
        pay: {
          label: t("charges.record"),
          consequence: t("charges.recordSays"),
          fields: [amount(charge.open_fen), document, paidOn(t("charges.paidOn"))],
          run: (it) =>
            recordVoucher({
              ...to,
              body: {
                amount_fen: fenOf(it.amount_fen),
                document_number: it.document_number ?? "",
                paid_on: it.paid_on ?? "",
              },
            }),
        },
        start: {
          label: t("charges.start"),
          consequence: t("charges.startSays", { amount: yuan(charge.open_fen) }),
          run: () => startOrder(to),
        },
        relieve: {
          label: t("charges.relieve"),
          consequence: t("charges.relieveSays", { open: yuan(charge.open_fen) }),
          fields: [{ name: "kind", label: field("kind"), options: kinds }, amount(charge.open_fen), document, reason],
          run: (it) => {
            const body = {
              kind: it.kind as ReliefKind,
              amount_fen: fenOf(it.amount_fen),
              document_number: it.document_number ?? "",
              reason: it.reason ?? "",
            };
            return relieveCharge({ ...to, body, headers: keyFor(body) });
          },
        },
        refund: {
          label: t("charges.refund"),
          consequence: t("charges.refundSays", { most: yuan(charge.paid_fen - charge.refunded_fen) }),
          isDanger: true,
          fields: [
            { name: "cause", label: t("charges.cause"), options: causes },
            amount(charge.paid_fen - charge.refunded_fen),
            document,
            reason,
          ],
          run: (it) => {
            const body = {
              cause: it.cause as RefundCause,
              amount_fen: fenOf(it.amount_fen),
              document_number: it.document_number ?? "",
              reason: it.reason ?? "",
            };
            return refundCharge({ ...to, body, headers: keyFor(body) });
          },
        },
      }}
    />
  );
}

function paidOn(label: string) {
  return { name: "paid_on", label, type: "date", initial: today() } as const;
}
