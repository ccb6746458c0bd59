import { useTranslation } from "react-i18next";
import { getCollegeRankingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CollegeRankingOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useTotal } from "./Assessments.tsx";

/** All colleges of a year in their order, where the office has published it. */
export function Ranking({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("supervise.rankingOf", { year })} />
      <Loaded options={getCollegeRankingOptions({ path: { year } })}>{(it) => <Known ranking={it} />}</Loaded>
    </>
  );
}

function Known({ ranking }: { ranking: CollegeRankingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const total = useTotal();
  return (
    <>
      <p className="muted">
        {t("supervise.rankingHint", { number: ranking.scheme_number, at: instant(ranking.closes_at) })}
      </p>
      <Grid
        label={t("supervise.ranking")}
        rows={ranking.colleges}
        keyOf={(it) => it.college_id}
        columns={[
          { key: "rank", title: t("supervise.rank"), show: (it) => it.rank ?? t("supervise.noRank"), isNumber: true },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "percent", title: t("supervise.percent"), show: (it) => it.score_percent ?? "—", isNumber: true },
          { key: "total", title: t("supervise.total"), show: total, isNumber: true },
        ]}
      />
    </>
  );
}
