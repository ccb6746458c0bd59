import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explainOwnCertificateOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { requestOwnConversions } from "@/api/light/sdk.gen.ts";
import type { ExplainedCourseOut, OwnOutcomeOut } from "@/api/light/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import * as asks from "../kit/ask.ts";
import { Screen } from "../kit/Screen.tsx";
import { useWord } from "../kit/words.ts";

/** Three steps: a certificate, its courses, and a look at what follows. */
export function Convert() {
  const { t } = useTranslation("student");
  const outcomes = useSuspenseQuery(asks.outcomes()).data.items.filter((it) => it.reason === "deposited");
  const [chosen, setChosen] = useState<OwnOutcomeOut | null>(null);
  const [courses, setCourses] = useState<ExplainedCourseOut[]>([]);
  const [isChecking, setChecking] = useState(false);
  const at = !chosen ? 1 : isChecking ? 3 : 2;
  return (
    <Screen title={t("convert.title")} back={{ to: "/m/credits", title: t("credits.title") }}>
      {outcomes.length === 0 ? (
        <Empty title={t("convert.none")} hint={t("convert.noneHint")} />
      ) : (
        <>
          <p className="lead">
            {t("convert.step", { at, of: 3 })} · {t(`convert.step${at}`)}
          </p>
          {at === 1 && <Outcomes items={outcomes} onChoose={setChosen} />}
          {at === 2 && chosen && (
            <Courses
              outcome={chosen}
              onBack={() => setChosen(null)}
              onChoose={(picked) => {
                setCourses(picked);
                setChecking(true);
              }}
            />
          )}
          {at === 3 && chosen && <Check outcome={chosen} courses={courses} onBack={() => setChecking(false)} />}
        </>
      )}
    </Screen>
  );
}

function Outcomes({ items, onChoose }: { items: OwnOutcomeOut[]; onChoose: (outcome: OwnOutcomeOut) => void }) {
  const { t } = useTranslation("student");
  const word = useWord();
  return (
    <>
      <p className="muted">{t("convert.pickHint")}</p>
      <ul className="plain-list">
        {items.map((it) => (
          <li key={it.id}>
            <button type="button" className="card pick" onClick={() => onChoose(it)}>
              <strong>
                {it.certificate_name} · {word("level", it.level)}
              </strong>
              <span className="num">{t("convert.credit", { credit: it.credit })}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface CoursesProps {
  outcome: OwnOutcomeOut;
  onBack: () => void;
  onChoose: (courses: ExplainedCourseOut[]) => void;
}

function Courses({ outcome, onBack, onChoose }: CoursesProps) {
  const { t } = useTranslation("student");
  const { rule } = useSuspenseQuery(
    explainOwnCertificateOptions({ path: { certificate_level_id: outcome.certificate_level_id } }),
  ).data;
  const offered = rule?.courses ?? [];
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  if (offered.length === 0) return <Empty title={t("convert.noCourses")} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(offered.filter((course) => picked.has(course.course_id)));
      }}
    >
      <fieldset className="card">
        <legend className="visually-hidden">{t("convert.step2")}</legend>
        {offered.map((course) => (
          <label key={course.course_id} className="check check-row">
            <input type="checkbox" checked={picked.has(course.course_id)} onChange={() => toggle(course.course_id)} />
            <span>
              <strong>{course.name}</strong>
              <span className="row-note num">
                {course.code} · {t("convert.credit", { credit: course.credit })}
                {course.grade && ` · ${t("convert.grade", { grade: course.grade })}`}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="deed-buttons">
        <button type="button" className="button plain" onClick={onBack}>
          {t("deed.back")}
        </button>
        <button type="submit" className="button" disabled={picked.size === 0}>
          {t("convert.next")}
        </button>
      </div>
    </form>
  );
}

interface CheckProps {
  outcome: OwnOutcomeOut;
  courses: ExplainedCourseOut[];
  onBack: () => void;
}

function Check({ outcome, courses, onBack }: CheckProps) {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const keyed = useIdempotency();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const total = courses.reduce((sum, course) => sum + Number(course.credit), 0).toFixed(2);
  const send = async (): Promise<void> => {
    const body = {
      wishes: [{ outcome_id: outcome.id, courses: courses.map(({ course_id }) => ({ course_id })) }],
    };
    setBusy(true);
    setError(null);
    try {
      const { data } = await requestOwnConversions({ body, headers: keyed(body), throwOnError: true });
      await queryClient.invalidateQueries();
      const [made] = data.conversion_ids;
      if (made) await navigate({ to: "/m/conversions/$conversionId", params: { conversionId: made } });
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <div className="card">
      <strong>{outcome.certificate_name}</strong>
      <ol className="sum">
        {courses.map((course) => (
          <li key={course.course_id}>
            <span>{course.name}</span>
            <span className="num">{course.credit}</span>
          </li>
        ))}
        <li className="sum-last">
          <span>{t("convert.total", { credit: total })}</span>
        </li>
      </ol>
      <p>{t("convert.says")}</p>
      {error !== null && <ProblemNote error={error} />}
      <div className="deed-buttons">
        <button type="button" className="button plain" onClick={onBack} disabled={isBusy}>
          {t("deed.back")}
        </button>
        <button type="button" className="button" onClick={() => void send()} disabled={isBusy}>
          {isBusy ? t("deed.working") : t("convert.submit")}
        </button>
      </div>
    </div>
  );
}
