import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listCertificateReviewsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proposeCertificateReview } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = ["draft", "submitted", "under_review", "admitted", "rejected", "exit_proposed", "exited", "retained"];

export function Reviews() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const colleges = useColleges();
  const certificates = useCertificates();
  return (
    <>
      <PageHead title={t("menu.reviews")}>
        <LinkButton to="/review-policies">{t("policies.title")}</LinkButton>
        {may("reviews:propose") && <LinkButton to="/exits/new">{t("exits.propose")}</LinkButton>}
        <Deeds
          allowed={may("reviews:propose") ? ["propose"] : []}
          deeds={{
            propose: {
              label: t("reviews.propose"),
              consequence: t("panels.proposeSays"),
              fields: [
                { name: "college_id", label: field("college"), options: colleges },
                { name: "certificate_id", label: field("certificate"), options: certificates },
                { name: "grounds", label: t("reviews.grounds"), type: "long" },
              ],
              run: async (it) => {
                const { data } = await proposeCertificateReview({
                  body: {
                    college_id: it.college_id ?? "",
                    certificate_id: it.certificate_id ?? "",
                    grounds: it.grounds ?? "",
                  },
                  throwOnError: true,
                });
                await navigate({ to: `/reviews/${data.id}` as never });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="reviews"
        label={t("menu.reviews")}
        options={(query) => listCertificateReviewsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/reviews/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES) },
          { name: "purpose", label: t("reviews.purpose"), options: useOptions(["admission", "exit"]) },
          { name: "college_id", label: field("college"), options: colleges },
          { name: "certificate_id", label: field("certificate"), options: certificates },
        ]}
        columns={[
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "purpose", title: t("reviews.purpose"), show: (it) => word(it.purpose) },
          { key: "proposed", title: field("proposed_at"), show: (it) => instant(it.proposed_at) },
          { key: "votes", title: t("reviews.votes"), show: (it) => it.result?.votes ?? "—", isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("reviews.none"), hint: t("reviews.noneHint") }}
      />
    </>
  );
}
