import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getPublicCaseOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { listPublicCases } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Told } from "./Bulletins.tsx";
import { FoundList, useFound } from "./FoundList.tsx";

/** What colleges found to work, as accepted and published. */
export function Cases() {
  const { t } = useTranslation("public");
  const found = useFound(["public-cases"], listPublicCases);
  return (
    <>
      <h1>{t("cases.title")}</h1>
      <p className="muted">{t("cases.lead")}</p>
      <FoundList found={found} none={t("cases.none")} noneHint={t("cases.noneHint")}>
        {(it) => (
          <li key={it.id} className="card">
            <Link to="/public/typical-cases/$caseId" params={{ caseId: it.id }}>
              {it.title}
            </Link>
            <span className="muted">
              {it.institution} · {it.college}
            </span>
            <span>{it.summary}</span>
          </li>
        )}
      </FoundList>
    </>
  );
}

export function Case({ caseId }: { caseId: string }) {
  const { t } = useTranslation("public");
  const found = useQuery({ ...getPublicCaseOptions({ path: { case_id: caseId } }), retry: false });
  const isGone = found.error !== null && problemOf(found.error).status === 404;
  const it = found.data;
  return (
    <>
      {found.isPending && <Waiting />}
      {isGone && <Empty title={t("cases.gone")} />}
      {found.error && !isGone && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {it && (
        <article className="told">
          <h1>{it.title}</h1>
          <p className="muted num">
            {[it.institution, it.college, it.certificate, instant(it.published_at)].filter(Boolean).join(" · ")}
          </p>
          <p>
            <strong>{it.summary}</strong>
          </p>
          <Told body={it.body} />
        </article>
      )}
      <p>
        <Link to="/public/typical-cases">{t("cases.all")}</Link>
      </p>
    </>
  );
}
