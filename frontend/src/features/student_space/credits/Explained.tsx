import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { explainOwnCertificateOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import type { ExplanationOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Facts } from "../kit/Facts.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { useBoth, useWord } from "../kit/words.ts";
import { Courses, Parts } from "./Lack.tsx";

/** Why a certificate brings the credits it brings: the rule, the arithmetic, the limits, and what comes next. */
export function Explained({ levelId }: { levelId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const both = useBoth();
  const { data } = useSuspenseQuery(explainOwnCertificateOptions({ path: { certificate_level_id: levelId } }));
  return (
    <Screen
      title={t(data.is_earned ? "explain.title" : "progress.title")}
      back={{ to: "/m/credits", title: t("credits.title") }}
    >
      <p className="lead">
        {data.certificate_name} · {word("level", data.level)}
      </p>
      <div className="card balance">
        <span className="muted">{t(data.is_earned ? "explain.deposited" : "explain.expected")}</span>
        <strong className="num balance-figure">{data.is_earned ? data.credit : data.credit_expected}</strong>
        {data.reason && <span>{word("outcomeReason", data.reason)}</span>}
      </div>
      {!data.is_earned && <Parts levelId={levelId} />}
      <Courses explained={data} />
      <Arithmetic explained={data} />
      <Limits explained={data} />
      <Section title={t("explain.next")}>
        <div className="card">
          <p>{both(data.next_step.says)}</p>
          {data.next_step.deadline && (
            <p className="muted">{t("explain.by", { instant: instant(data.next_step.deadline) })}</p>
          )}
          {data.next_step.code === "use_credits" && (
            <Link to="/m/credits/convert" className="button wide">
              {t("credits.use")}
            </Link>
          )}
        </div>
      </Section>
      <Section title={t("explain.rule")}>
        <div className="card">
          {data.rule ? (
            <Facts
              rows={[
                [t("explain.rule"), t("explain.version", { version: data.rule.version })],
                [t("explain.filing"), data.rule.filing_number],
                [t("explain.from"), data.rule.effective_from],
              ]}
            />
          ) : (
            <p>{t("explain.noRule")}</p>
          )}
        </div>
      </Section>
    </Screen>
  );
}

function Arithmetic({ explained }: { explained: ExplanationOut }) {
  const { t } = useTranslation("student");
  const both = useBoth();
  if (explained.arithmetic.length === 0) return null;
  return (
    <Section title={t("explain.arithmetic")}>
      <ol className="sum card">
        {explained.arithmetic.map((step, index) => (
          <li key={both(step.says)} className={index === explained.arithmetic.length - 1 ? "sum-last" : undefined}>
            <span>{both(step.says)}</span>
            <span className="num">{step.credit}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Limits({ explained }: { explained: ExplanationOut }) {
  const { t } = useTranslation("student");
  const both = useBoth();
  if (explained.limits.length === 0) return null;
  return (
    <Section title={t("explain.limits")}>
      <ul className="rows card-rows">
        {explained.limits.map((limit) => (
          <li key={limit.code} className="row">
            <span className="row-text">
              <span className="row-title">{both(limit.says)}</span>
              <span className="row-note">
                {limit.document_number}
                {limit.cuts && ` · ${t("explain.cuts")}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
