import { useTranslation } from "react-i18next";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { Publicity } from "./Publicity.tsx";
import { Trainings } from "./Trainings.tsx";

/** What was made known to how many, and who administers certificates and was trained for it. */
export function Outreach() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  const views = [
    ["publicity", t("outreach.publicity")],
    ["trainings", t("outreach.trainings")],
  ] as const;
  const now = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("outreach.title")} hint={t("outreach.hint")} />
      <Views views={views} now={now} label={t("outreach.title")} />
      {now === "publicity" ? <Publicity /> : <Trainings />}
    </>
  );
}
