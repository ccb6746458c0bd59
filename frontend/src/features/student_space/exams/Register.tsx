import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explainOwnEligibilityOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { confirmOwnRegistration, registerMyself } from "@/api/light/sdk.gen.ts";
import type { EligibilityOut, OpenLevelOut } from "@/api/light/types.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Icon } from "../kit/Icon.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { useWord } from "../kit/words.ts";

/** Two screens and a button: an exam, its conditions one by one, and the registration. */
export function Register() {
  const { t } = useTranslation("student");
  const { items } = useSuspenseQuery(asks.openExams()).data;
  const [chosen, setChosen] = useState<OpenLevelOut | null>(null);
  const at = chosen ? 2 : 1;
  return (
    <Screen title={t("register.title")} back={{ to: "/m/exams", title: t("exams.title") }}>
      {items.length === 0 ? (
        <Empty title={t("register.none")} hint={t("register.noneHint")} />
      ) : (
        <>
          <p className="lead">
            {t("register.step", { at, of: 3 })} · {t(`register.step${at}`)}
          </p>
          {chosen ? (
            <Conditions level={chosen} onBack={() => setChosen(null)} />
          ) : (
            <Levels items={items} onChoose={setChosen} />
          )}
        </>
      )}
    </Screen>
  );
}

function Levels({ items, onChoose }: { items: OpenLevelOut[]; onChoose: (level: OpenLevelOut) => void }) {
  const { t } = useTranslation("student");
  const word = useWord();
  return (
    <ul className="plain-list">
      {items.map((it) => {
        const name = `${it.certificate_name} · ${word("level", it.level)}`;
        const key = `${it.exam_plan_id}-${it.certificate_level_id}`;
        if (it.registration_id) {
          return (
            <Row
              key={key}
              to="/m/exams/$registrationId"
              params={{ registrationId: it.registration_id }}
              title={name}
              note={it.exam_name}
              end={<Tag tone="good">{t("register.already")}</Tag>}
            />
          );
        }
        return (
          <li key={key}>
            <button type="button" className="card pick" onClick={() => onChoose(it)}>
              <span>
                <strong>{name}</strong>
                <span className="row-note">{it.exam_name}</span>
                <span className="row-note num">
                  {t("exams.on")} {it.exam_on} · {t("register.until", { date: it.registration_closes_on })}
                </span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Conditions({ level, onBack }: { level: OpenLevelOut; onBack: () => void }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const { data, error } = useQuery(
    explainOwnEligibilityOptions({
      path: { exam_plan_id: level.exam_plan_id },
      query: { certificate_level_id: level.certificate_level_id },
    }),
  );
  return (
    <>
      <div className="card">
        <Facts
          rows={[
            [t("exams.certificate"), `${level.certificate_name} · ${word("level", level.level)}`],
            [t("exams.title"), level.exam_name],
            [t("register.organisation"), level.organisation_name],
            [t("exams.on"), level.exam_on],
            [t("exams.closes"), level.registration_closes_on],
          ]}
        />
      </div>
      {!data && !error && <Waiting />}
      {error && <ProblemNote error={error} />}
      {data && <Grounds eligibility={data} />}
      {data?.is_eligible && <Submit level={level} />}
      <button type="button" className="button plain wide" onClick={onBack}>
        {t("register.choose")}
      </button>
    </>
  );
}

function Grounds({ eligibility }: { eligibility: EligibilityOut }) {
  const { t } = useTranslation("student");
  const { is_eligible, seats_free, waiting, grounds } = eligibility;
  const unmet = grounds.filter((it) => !it.is_met);
  const met = grounds.filter((it) => it.is_met);
  return (
    <>
      <div className={is_eligible ? "verdict verdict-good" : "verdict verdict-bad"} role="status">
        <Icon name={is_eligible ? "check" : "cross"} />
        <span>
          <strong>{t(is_eligible ? "register.may" : "register.mayNot")}</strong>
          {seats_free !== null && (
            <span>
              {seats_free > 0 ? t("register.seats", { count: seats_free }) : t("register.noSeat")}
              {waiting > 0 && ` · ${t("register.waiting", { count: waiting })}`}
            </span>
          )}
        </span>
      </div>
      <Section title={t("register.grounds")}>
        {unmet.length > 0 && (
          <ul className="rows card-rows">
            {unmet.map((ground) => (
              <Row
                key={ground.code}
                title={ground.asks}
                note={[ground.detail, ground.fix].filter(Boolean).join(" ")}
                end={<Tag tone="bad">{t("register.unmet")}</Tag>}
              />
            ))}
          </ul>
        )}
        <details className="card">
          <summary>{t("register.metCount", { count: met.length })}</summary>
          <ul className="rows">
            {met.map((ground) => (
              <Row key={ground.code} title={ground.asks} end={<Tag tone="good">{t("register.met")}</Tag>} />
            ))}
          </ul>
        </details>
      </Section>
    </>
  );
}

function Submit({ level }: { level: OpenLevelOut }) {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { exam_plan_id, certificate_level_id } = level;
      const { data } = await registerMyself({ body: { exam_plan_id, certificate_level_id }, throwOnError: true });
      // Whoever registers themself has made up their mind; the draft is for whom a college registers.
      await confirmOwnRegistration({ path: { registration_id: data.id }, throwOnError: true });
      await queryClient.invalidateQueries();
      await navigate({ to: "/m/exams/$registrationId", params: { registrationId: data.id } });
    } catch (refusal) {
      await queryClient.invalidateQueries();
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <div className="deeds">
      <p className="muted">{t("register.says")}</p>
      {error !== null && <ProblemNote error={error} />}
      <button type="button" className="button wide" onClick={() => void send()} disabled={isBusy}>
        {isBusy ? t("deed.working") : t("register.submit")}
      </button>
    </div>
  );
}
