import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { getExaminerCoverageOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** Who examines a sitting, whether they may examine its level on its day, and what is warned of. */
export function ExaminerCoverage({ sittingId }: { sittingId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const standing = (isQualified: boolean | null): string =>
    isQualified === null ? t("quals.unknown") : isQualified ? t("quals.yes") : t("quals.no");
  return (
    <Loaded options={getExaminerCoverageOptions({ path: { sitting_id: sittingId } })}>
      {(it) => (
        <>
          {it.warnings.length > 0 && (
            <Alert
              type="warning"
              showIcon
              title={it.warnings.map((code) => word(code, "qualification")).join("；")}
              description={t("quals.warnHint")}
            />
          )}
          {it.examiners.length === 0 ? (
            <p className="muted">{t("days.noExaminers")}</p>
          ) : (
            <Grid
              label={t("planning.examiners")}
              rows={it.examiners}
              keyOf={(each, index) => each.teacher_id ?? String(index)}
              columns={[
                { key: "name", title: field("person"), show: (each) => each.name },
                { key: "duty", title: t("planning.duty"), show: (each) => word(each.duty) },
                {
                  key: "employer",
                  title: t("planning.employer"),
                  show: (each) => each.employer ?? t("planning.teacher"),
                },
                { key: "qualified", title: t("quals.qualified"), show: (each) => standing(each.is_qualified) },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
