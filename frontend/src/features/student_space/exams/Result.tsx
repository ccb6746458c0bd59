import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OwnResultExplainedOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { resultWord } from "../kit/resultWord.ts";
import { Screen, Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { resultTone } from "../kit/tones.ts";
import { useBoth, useWord } from "../kit/words.ts";
import { Objections } from "./Objections.tsx";

/** One result: the total, how it came about part by part, and what it brought. */
export function Result({ registrationId }: { registrationId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const both = useBoth();
  const { data } = useSuspenseQuery(asks.result(registrationId));
  return (
    <Screen title={t("result.title")} back={{ to: "/m/exams", title: t("exams.title") }}>
      <p className="lead">
        {data.certificate_name} · {word("level", data.level)}
      </p>
      <div className="card result-head">
        <strong className="num result-total">{data.total ?? "—"}</strong>
        <Tag tone={resultTone(data)}>{resultWord(data, t, word)}</Tag>
        <span className="muted">
          {t("result.passMark")} <span className="num">{data.pass_mark}</span>
        </span>
      </div>
      <Section title={t("result.how")}>
        <div className="card">
          <Components result={data} />
          <p className="says">{both(data.says)}</p>
        </div>
      </Section>
      <SetOff result={data} />
      <div className="card">
        <Facts
          rows={[
            [t("exams.title"), data.exam_name],
            [t("exams.on"), data.exam_on],
            [
              t("result.title"),
              `${word("grading", data.grading)} · ${t("result.revision", { revision: data.revision })}`,
            ],
            [t("result.published"), instant(data.received_at)],
          ]}
        />
      </div>
      <Objections registrationId={registrationId} />
    </Screen>
  );
}

function Components({ result }: { result: OwnResultExplainedOut }) {
  const { t } = useTranslation("student");
  return (
    <table className="parts">
      <thead>
        <tr>
          <th scope="col">{t("result.component")}</th>
          <th scope="col">{t("result.score")}</th>
          <th scope="col">{t("result.full")}</th>
          <th scope="col">{t("result.weight")}</th>
        </tr>
      </thead>
      <tbody>
        {result.components.map((part) => (
          <tr key={part.code}>
            <th scope="row">{part.name}</th>
            <td className="num">{part.score ?? "—"}</td>
            <td className="num">{part.full_mark}</td>
            <td className="num">{part.weight_percent}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SetOff({ result }: { result: OwnResultExplainedOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const outcomes = useQuery(asks.outcomes()).data?.items;
  const found = result.set_off;
  return (
    <Section title={t("result.setOff")}>
      {found ? (
        <ul className="rows card-rows">
          <li>
            <Link to="/m/awards/$awardId" params={{ awardId: found.award_id }} className="row">
              <span className="row-text">
                <span className="row-title">{t("result.award", { number: found.award_number })}</span>
                <span className="row-note">{word("awardState", found.award_state)}</span>
              </span>
            </Link>
          </li>
          {outcomes && (
            <li>
              <Link to="/m/credits/$levelId" params={{ levelId: result.certificate_level_id }} className="row">
                <span className="row-text">
                  <span className="row-title">{t("result.credit", { credit: found.credit })}</span>
                  <span className="row-note">
                    {found.outcome_reason && word("outcomeReason", found.outcome_reason)}
                  </span>
                </span>
              </Link>
            </li>
          )}
        </ul>
      ) : (
        <p className="muted">{t("result.nothing")}</p>
      )}
    </Section>
  );
}
