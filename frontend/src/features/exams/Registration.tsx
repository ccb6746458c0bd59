import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import {
  getExamPlanOptions,
  getExamSittingOptions,
  getRegistrationOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmRegistration, declineOffer, takeOffer, withdrawRegistration } from "@/api/staff/sdk.gen.ts";
import type { RegistrationOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { download } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function Registration({ id }: { id: string }) {
  return (
    <Loaded options={getRegistrationOptions({ path: { registration_id: id } })}>{(it) => <Known of={it} />}</Loaded>
  );
}

/** One registration on its way from the wish to the seat. */
function Known({ of }: { of: RegistrationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const { message } = App.useApp();
  const colleges = useColleges();
  const plan = useQuery(getExamPlanOptions({ path: { exam_plan_id: of.exam_plan_id } }));
  const sitting = useQuery({
    ...getExamSittingOptions({ path: { sitting_id: of.sitting_id ?? "" } }),
    enabled: of.sitting_id !== null && may("exam_sittings:read"),
  });
  const to = { path: { registration_id: of.id }, throwOnError: true } as const;
  const ticket = (): void => {
    download(`/v1/registrations/${of.id}/ticket`, `${of.admission_number}.pdf`).catch((error: unknown) =>
      message.error(problemOf(error).detail || t("list.exportFailed")),
    );
  };
  return (
    <>
      <PageHead title={of.name} state={<State of={of.state} />} hint={plan.data?.name}>
        <Deeds
          allowed={of.allowed_deeds}
          deeds={{
            confirm: { consequence: t("planning.confirmSays"), run: () => confirmRegistration(to) },
            take_offer: { consequence: t("planning.takeOfferSays"), run: () => takeOffer(to) },
            decline_offer: {
              consequence: t("planning.declineOfferSays"),
              isDanger: true,
              run: () => declineOffer(to),
            },
            withdraw: {
              consequence: t("planning.withdrawSays"),
              isDanger: true,
              fields: [{ name: "reason", label: field("reason"), type: "long" }],
              run: (it) => withdrawRegistration({ ...to, body: { reason: it.reason ?? "" } }),
            },
          }}
        />
        {may("tickets:read") && of.sitting_id && <Button onClick={ticket}>{t("planning.ticket")}</Button>}
        {of.student_id && may("students:read") && (
          <LinkButton to={`/students/${of.student_id}`}>{t("planning.toStudent")}</LinkButton>
        )}
        <LinkButton to={`/exam-plans/${of.exam_plan_id}`}>{t("planning.toPlan")}</LinkButton>
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("admission_number"), of.admission_number],
            [field("document"), of.masked_document_number],
            [field("level"), word(`level_${of.level}`)],
            [field("channel"), word(of.channel)],
            [field("college"), nameIn(colleges, of.college_id)],
            [t("planning.employer"), of.employer],
            [t("planning.sitting"), sitting.data && `${sitting.data.code} · ${sitting.data.site_name}`],
            [field("starts_at"), sitting.data && instant(sitting.data.starts_at)],
            [t("planning.wishedAt"), instant(of.wished_at)],
            [t("planning.confirmedAt"), instant(of.confirmed_at)],
            [t("planning.acceptedAt"), instant(of.accepted_at)],
            [t("planning.lockedAt"), instant(of.locked_at)],
            [t("planning.offeredUntil"), instant(of.offered_until)],
            [field("reason"), of.reason],
          ]}
        />
      </section>
      <Audit of={of.id} />
    </>
  );
}
