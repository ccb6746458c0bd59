import { useTranslation } from "react-i18next";
import { getReviewScorecardOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { Figures } from "./Figures.tsx";

/** How the certificate under review did here, beside all that its organisation did. */
export function ReviewScorecard({ reviewId }: { reviewId: string }) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("scorecards.title")}</h2>
      <Loaded options={getReviewScorecardOptions({ path: { review_id: reviewId } })}>
        {(it) => <Figures card={it.certificate} beside={it.organisation} />}
      </Loaded>
    </section>
  );
}
