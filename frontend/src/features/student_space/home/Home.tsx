import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { NextOut, OverviewOut } from "@/api/light/types.gen.ts";
import { daysUntil } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Row } from "../kit/Row.tsx";
import { Section } from "../kit/Screen.tsx";
import { useWord } from "../kit/words.ts";

const NEXT_WORDS = {
  registration_closes: "home.registrationCloses",
  exam: "home.exam",
  credits_post: "home.creditsPost",
} as const;

/** The first screen: what comes, what is to be done, where one stands. */
export function Home() {
  const { t } = useTranslation("student");
  const { data } = useSuspenseQuery(asks.overview());
  const { student } = data;
  return (
    <div className="screen">
      <h1>{t("home.hello", { name: student.name })}</h1>
      <p className="lead">{t("home.of", { programme: student.programme_name, className: student.class_name })}</p>
      <NextExam next={data.next} />
      <Bulletins />
      <Todo overview={data} />
      <Standing overview={data} />
      <Coming next={data.next} />
    </div>
  );
}

function useDays(): (date: string) => string {
  const { t } = useTranslation("student");
  return (date) => {
    const days = daysUntil(date);
    if (days < 0) return t("home.past");
    if (days === 0) return t("home.isToday");
    return days === 1 ? t("home.isTomorrow") : t("home.days", { count: days });
  };
}

/** How many bulletins wait to be read; nothing while the device has no network. */
function Bulletins() {
  const { t } = useTranslation("student");
  const waiting = useQuery(asks.unreadBulletins()).data;
  return (
    <ul className="rows card-rows">
      <Row
        to="/m/bulletins"
        title={t("bulletins.title")}
        note={waiting?.unread ? t("bulletins.waiting", { count: waiting.unread }) : undefined}
      />
    </ul>
  );
}

function NextExam({ next }: { next: NextOut[] }) {
  const { t } = useTranslation("student");
  const days = useDays();
  const word = useWord();
  const exam = next.find((it) => it.kind === "exam");
  const own = useQuery(asks.registrations()).data?.items.find((it) => it.id === exam?.object_id);
  if (!exam) {
    return (
      <div className="hero hero-quiet">
        <span className="hero-kicker">{t("home.nextExam")}</span>
        <strong>{t("home.nothing")}</strong>
        <span>{t("home.nothingHint")}</span>
      </div>
    );
  }
  return (
    <Link to="/m/exams/$registrationId" params={{ registrationId: exam.object_id }} className="hero">
      <span className="hero-kicker">{t("home.nextExam")}</span>
      <strong className="hero-figure">{days(exam.on)}</strong>
      <span className="hero-title">{own ? `${own.certificate_name} · ${word("level", own.level)}` : exam.title}</span>
      <span className="num">{exam.on}</span>
    </Link>
  );
}

function Todo({ overview }: { overview: OverviewOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const registrations = useQuery(asks.registrations()).data?.items ?? [];
  const waiting = registrations.filter((it) => it.state === "draft" || it.state === "offered");
  const open = (useQuery(asks.openExams()).data?.items ?? []).filter((it) => !it.registration_id).slice(0, 3);
  const available = Number(overview.credit?.available ?? 0);
  return (
    <Section title={t("home.todo")}>
      <ul className="rows card-rows">
        {waiting.map((it) => (
          <Row
            key={it.id}
            to="/m/exams/$registrationId"
            params={{ registrationId: it.id }}
            title={t(it.state === "draft" ? "home.todoConfirm" : "home.todoOffer", { name: it.certificate_name })}
            note={`${t("exams.closes")} ${it.registration_closes_on}`}
          />
        ))}
        {open.map((it) => (
          <Row
            key={`${it.exam_plan_id}-${it.certificate_level_id}`}
            to="/m/register"
            title={t("home.todoRegister", { name: `${it.certificate_name} · ${word("level", it.level)}` })}
            note={t("home.until", { date: it.registration_closes_on })}
          />
        ))}
        {available > 0 && (
          <Row to="/m/credits/convert" title={t("home.todoUse", { credit: overview.credit?.available })} />
        )}
        {waiting.length === 0 && open.length === 0 && available <= 0 && (
          <li className="row muted">{t("home.todoNone")}</li>
        )}
      </ul>
    </Section>
  );
}

function Standing({ overview }: { overview: OverviewOut }) {
  const { t } = useTranslation("student");
  const found = useQuery(asks.progress()).data;
  const lack = !found
    ? undefined
    : found.left === null
      ? t("home.lackUnknown")
      : Number(found.left) > 0
        ? t("home.lackText", { left: found.left })
        : t("home.lackDone");
  const figures = [
    ["/m/exams", t("home.registrations"), overview.registrations],
    ["/m/awards", t("home.awards"), overview.awards],
    ["/m/credits", t("home.available"), overview.credit?.available ?? t("home.noAccount")],
  ] as const;
  return (
    <Section title={t("home.standing")}>
      <div className="figures">
        {figures.map(([to, name, value]) => (
          <Link key={to} to={to} className="figure">
            <strong className="num">{value}</strong>
            <span>{name}</span>
          </Link>
        ))}
      </div>
      <ul className="rows card-rows">
        <Row to="/m/progress" title={t("home.lack")} note={lack} />
      </ul>
    </Section>
  );
}

function Coming({ next }: { next: NextOut[] }) {
  const { t } = useTranslation("student");
  const days = useDays();
  const word = useWord();
  const others = next.filter((it) => it.kind !== "exam");
  if (others.length === 0) return null;
  return (
    <Section title={t("home.next")}>
      <ul className="rows card-rows">
        {others.map((it) => (
          <Row
            key={`${it.kind}-${it.object_id}`}
            title={NEXT_WORDS[it.kind] ? t(NEXT_WORDS[it.kind]) : word("stage", it.kind)}
            note={`${it.title} · ${it.on}`}
            end={days(it.on)}
          />
        ))}
      </ul>
    </Section>
  );
}
