import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listResultNoticesOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";

/** The exams whose results are on public notice now. */
export function Notices() {
  const { t } = useTranslation("public");
  const { items } = useSuspenseQuery(listResultNoticesOptions()).data;
  return (
    <>
      <h1>{t("notices.title")}</h1>
      <p className="muted">{t("notices.lead")}</p>
      {items.length === 0 && <Empty title={t("notices.none")} hint={t("notices.noneHint")} />}
      <ul className="catalogue">
        {items.map((it) => (
          <li key={it.exam_plan_id} className="card">
            <Link to="/public/notices/$examPlanId" params={{ examPlanId: it.exam_plan_id }}>
              {it.exam_name}
            </Link>
            <span className="muted">{it.institution}</span>
            <span className="muted num">{t("notices.until", { instant: instant(it.ends_at) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
