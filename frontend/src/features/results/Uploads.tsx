import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listResultUploadsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

/** Files of results that people uploaded; each waits for a second person. */
export function Uploads() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const start = may("result_uploads:upload") && (
    <LinkButton to="/result-uploads/new" isPrimary>
      {t("results.upload")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.resultUploads")}>{start}</PageHead>
      <List
        name="result-uploads"
        label={t("menu.resultUploads")}
        options={(query) => listResultUploadsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/result-uploads/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: useOptions(["waiting", "confirmed", "refused"]) }]}
        columns={[
          { key: "uploaded_at", title: field("uploaded_at"), show: (it) => instant(it.uploaded_at) },
          { key: "rows", title: t("results.rows"), show: (it) => it.rows, isNumber: true },
          {
            key: "plan",
            title: field("plan"),
            show: (it) => <Link to={`/exam-plans/${it.exam_plan_id}` as never}>{t("common.open")}</Link>,
          },
          { key: "reason", title: field("reason"), show: (it) => it.reason },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("results.noUploads"), hint: t("results.noUploadsHint"), action: start }}
      />
    </>
  );
}
