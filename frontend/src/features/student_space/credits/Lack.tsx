import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExplanationOut, OwnResultExplainedOut } from "@/api/light/types.gen.ts";
import * as asks from "../kit/ask.ts";
import { Row } from "../kit/Row.tsx";
import { Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";

/** How much one decimal string is short of another; null when it is not. */
function short(of: string | null, has: string | null): string | null {
  const left = Number(of ?? 0) - Number(has ?? 0);
  return left > 0 ? left.toFixed(2) : null;
}

/** What is still lacking for a certificate, by the parts of its assessment as they went the last time. */
export function Parts({ levelId }: { levelId: string }) {
  const { t } = useTranslation("student");
  const last = useQuery(asks.results()).data?.items.find((it) => it.certificate_level_id === levelId);
  const result = useQuery({ ...asks.result(last?.registration_id ?? ""), enabled: last !== undefined }).data;
  return (
    <Section title={t("lack.parts")}>
      {!result && <p className="muted">{t("lack.noResult")}</p>}
      {result && <Scores result={result} />}
    </Section>
  );
}

function Scores({ result }: { result: OwnResultExplainedOut }) {
  const { t } = useTranslation("student");
  const rows = [
    ...result.components.map((it) => ({ name: it.name, has: it.score, of: it.pass_mark, full: it.full_mark })),
    { name: t("lack.total"), has: result.total, of: result.pass_mark, full: null },
  ];
  return (
    <ul className="rows card-rows">
      {rows.map((it) => {
        const left = short(it.of, it.has);
        return (
          <Row
            key={it.name}
            title={it.name}
            note={
              <span className="num">
                {it.has ?? "—"}
                {it.full && ` / ${it.full}`}
                {it.of && ` · ${t("lack.passMark")} ${it.of}`}
              </span>
            }
            end={
              left ? (
                <Tag tone="bad">{t("lack.points", { points: left })}</Tag>
              ) : (
                <Tag tone="good">{t("lack.enough")}</Tag>
              )
            }
          />
        );
      })}
    </ul>
  );
}

/** Which courses the certificate's credits can stand for, and how many credits each still needs. */
export function Courses({ explained }: { explained: ExplanationOut }) {
  const { t } = useTranslation("student");
  const available = useQuery(asks.account()).data?.available ?? "0";
  const courses = explained.rule?.courses ?? [];
  if (courses.length === 0) return null;
  // A certificate gives no more than it brought, and no more than is free on the account.
  const usable = Math.min(Number(available), Number(explained.credit)).toFixed(2);
  return (
    <Section title={t("lack.courses")}>
      <p className="muted">{t("lack.usable", { credit: usable })}</p>
      <ul className="rows card-rows">
        {courses.map((course) => {
          const left = short(course.credit, usable);
          return (
            <Row
              key={course.course_id}
              title={course.name}
              note={<span className="num">{t("lack.credit", { credit: course.credit })}</span>}
              end={
                left ? (
                  <Tag tone="wait">{t("progress.leftCredit", { credit: left })}</Tag>
                ) : (
                  <Tag tone="good">{t("lack.enough")}</Tag>
                )
              }
            />
          );
        })}
      </ul>
    </Section>
  );
}
