import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getAwardOptions, listAwardResultsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proposeReissue, reinstateAward, suspendAward } from "@/api/staff/sdk.gen.ts";
import type { AwardOut, ReissueGround } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { InLog } from "@/ui/staff/InLog.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { MovePapers } from "./MovePapers.tsx";
import { Papers } from "./Papers.tsx";
import { QrCode } from "./QrCode.tsx";

const GROUNDS = ["lost", "damaged", "name_corrected"] as const satisfies readonly ReissueGround[];

function useAwardDeeds(id: string): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const grounds = useOptions(GROUNDS);
  const to = { path: { award_id: id }, throwOnError: true } as const;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  return {
    propose_reissue: {
      label: t("awardPapers.propose"),
      consequence: t("awardPapers.proposeSays"),
      fields: [
        { name: "ground", label: t("awardPapers.ground"), options: grounds },
        {
          name: "holder_name",
          label: t("awardPapers.rightName"),
          isOptional: true,
          hint: t("awardPapers.rightNameHint"),
        },
        { name: "number", label: t("awardPapers.ownNumber"), isOptional: true, hint: t("awardPapers.ownNumberHint") },
        { name: "evidence", label: t("results.evidence") },
        reason,
      ],
      run: async (it) => {
        const body = {
          ground: it.ground as ReissueGround,
          holder_name: it.holder_name || null,
          number: it.number || null,
          evidence: it.evidence ?? "",
          reason: it.reason ?? "",
        };
        const { data } = await proposeReissue({ ...to, body });
        await navigate({ to: `/award-reissues/${data.id}` as never });
      },
    },
    suspend: {
      consequence: t("awards.suspendSays"),
      isDanger: true,
      fields: [reason],
      run: (values) => suspendAward({ ...to, body: { reason: values.reason ?? "" } }),
    },
    reinstate: {
      consequence: t("awards.reinstateSays"),
      fields: [reason],
      run: (values) => reinstateAward({ ...to, body: { reason: values.reason ?? "" } }),
    },
  };
}

export function Award({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const deeds = useAwardDeeds(id);
  const may = useMay();
  return (
    <Loaded options={getAwardOptions({ path: { award_id: id } })}>
      {(whole) => (
        <>
          <PageHead
            title={whole.award.number}
            state={<State of={whole.award.state} />}
            hint={`${whole.award.holder_name} · ${whole.award.certificate_name}`}
          >
            <Deeds allowed={whole.award.allowed_deeds} deeds={deeds} />
            {may("awards:print") && <MovePapers awards={[whole.award]} isOne />}
            {whole.award.allowed_deeds.includes("revoke") && (
              <LinkButton to={`/corrections/new?award_id=${id}`}>{t("awards.revoke")}</LinkButton>
            )}
          </PageHead>
          <Known award={whole.award} />
          <Papers whole={whole} />
          <Results id={id} />
          <section className="panel">
            <h2>{t("log.title")}</h2>
            <InLog log={whole.award.institution_id} leaf={whole.leaf} />
          </section>
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}

function Known({ award: it }: { award: AwardOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <div className="both">
      <section className="panel">
        <Facts
          facts={[
            [field("level"), word(`level_${it.level}`)],
            [field("issued_on"), it.issued_on],
            [field("paper"), word(it.print_state)],
            [t("awardPapers.copies"), it.copies],
            [t("awards.code"), <code key="code">{it.verification_code}</code>],
            ...(it.revoked_at
              ? ([
                  [t("awards.revoked"), instant(it.revoked_at)],
                  [field("reason"), it.revoked_reason],
                ] as const)
              : []),
          ]}
        />
        {it.student_id && (
          <p>
            {may("students:read") && <Link to={`/students/${it.student_id}` as never}>{t("record.student")}</Link>}{" "}
            {may("credit_accounts:read") && (
              <Link to={`/credit-accounts/${it.student_id}` as never}>{t("menu.account_of")}</Link>
            )}
          </p>
        )}
      </section>
      <QrCode award={it} />
    </div>
  );
}

function Results({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("awards.results")}</h2>
      <Loaded options={listAwardResultsOptions({ path: { award_id: id } })}>
        {(results) => (
          <Grid
            label={t("awards.results")}
            rows={results}
            keyOf={(it) => it.result_id}
            columns={[
              { key: "exam_on", title: field("exam_on"), show: (it) => it.exam_on },
              { key: "revision", title: field("version"), show: (it) => it.revision, isNumber: true },
              { key: "total", title: t("results.total"), show: (it) => it.total ?? "—", isNumber: true },
              { key: "best", title: t("awards.best"), show: (it) => word(String(it.is_best)) },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
