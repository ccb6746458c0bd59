import { App } from "antd";
import { useTranslation } from "react-i18next";
import { listChargesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { raiseCharges } from "@/api/staff/sdk.gen.ts";
import type { ChargeOut, ChargesRaisedOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, yuan } from "@/lib/format.ts";
import { useChosen } from "@/ui/staff/choice.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { type Choice, nameIn, useColleges, useLevels, useOptions, usePlans } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { LoadVouchers, VoucherForChosen } from "./Vouchers.tsx";

/** What exams cost whom: by plan, student or state, with what was let off, paid and given back. */
export function Charges() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const colleges = useColleges();
  const plans = usePlans();
  const [search] = useUrlState();
  const may = useMay();
  const mayRecord = may("payments:record");
  const chosen = useChosen<ChargeOut>();
  const asked = ["exam_plan_id", "student_id", "state"].flatMap((it) => (search[it] ? [[it, search[it]]] : []));
  return (
    <>
      <PageHead title={t("menu.charges")} hint={t("charges.hint")}>
        <Raise plans={plans} />
      </PageHead>
      {mayRecord && (
        <ForChosen count={chosen.ids.length}>
          <VoucherForChosen charges={chosen.rows} done={chosen.clear} />
        </ForChosen>
      )}
      <List
        name="charges"
        label={t("menu.charges")}
        options={(query) => listChargesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/charges/${it.id}`}
        choice={mayRecord ? chosen.choice : undefined}
        {...(search.student_id && { fixed: { student_id: search.student_id } })}
        filters={[
          { name: "exam_plan_id", label: field("plan"), options: plans },
          { name: "state", label: field("state"), options: useOptions(["open", "settled", "cancelled"], "charge") },
          {
            name: "has_waiting_voucher",
            label: t("ownSittings.waitingVoucher"),
            options: useOptions(["true", "false"]),
          },
        ]}
        exports={{ path: `/v1/charges:export?${new URLSearchParams(asked)}`, file: "charges.xlsx" }}
        columns={[
          { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
          { key: "plan", title: field("plan"), show: (it) => nameIn(plans, it.exam_plan_id) },
          { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) },
          { key: "payer", title: t("charges.payer"), show: (it) => word(it.payer, "payer") },
          { key: "guaranteed", title: t("charges.guaranteed"), show: (it) => word(String(it.is_guaranteed)) },
          { key: "amount", title: t("charges.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
          {
            key: "relief",
            title: t("charges.relieved"),
            show: (it) => yuan(it.waived_fen + it.subsidised_fen),
            isNumber: true,
          },
          { key: "paid", title: t("charges.paid"), show: (it) => yuan(it.paid_fen), isNumber: true },
          { key: "refunded", title: t("charges.refunded"), show: (it) => yuan(it.refunded_fen), isNumber: true },
          { key: "open", title: t("charges.open"), show: (it) => yuan(it.open_fen), isNumber: true },
          { key: "raised", title: t("charges.raisedAt"), show: (it) => instant(it.raised_at) },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="charge" /> },
        ]}
        empty={{ title: t("charges.none"), hint: t("charges.noneHint") }}
      />
      {mayRecord && <LoadVouchers />}
    </>
  );
}

function Raise({ plans }: { plans: Choice[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const { modal } = App.useApp();
  return (
    <Deeds
      allowed={may("charges:raise") ? ["raise"] : []}
      deeds={{
        raise: {
          label: t("charges.raise"),
          consequence: t("charges.raiseSays"),
          fields: [{ name: "exam_plan_id", label: field("plan"), options: plans }],
          run: async (it) => {
            const { data } = await raiseCharges({
              path: { exam_plan_id: it.exam_plan_id ?? "" },
              throwOnError: true,
            });
            modal.info({ title: t("charges.raised"), content: <Raised raised={data} /> });
          },
        },
      }}
    />
  );
}

function Raised({ raised }: { raised: ChargesRaisedOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const levels = useLevels();
  return (
    <>
      <p>
        {t("charges.raisedFacts", {
          charges: raised.charges,
          amount: yuan(raised.amount_fen),
          relief: yuan(raised.relief_fen),
          guaranteed: raised.guaranteed,
        })}
      </p>
      {raised.uncharged.length > 0 && (
        <ul>
          {raised.uncharged.map((it) => (
            <li key={`${it.certificate_level_id}-${it.exam_form}`}>
              {t("charges.uncharged", {
                level: nameIn(levels, it.certificate_level_id),
                form: word(it.exam_form),
                count: it.registrations,
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
