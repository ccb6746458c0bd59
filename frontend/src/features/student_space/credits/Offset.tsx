import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listOffsetOptionsOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { requestOwnOffsets } from "@/api/light/sdk.gen.ts";
import type { OffsetCourseOut, OffsetOptionOut } from "@/api/light/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { useBoth, useWord } from "../kit/words.ts";

/** Which passed courses can offset which parts of an assessment, and the request for it. */
export function Offset() {
  const { t } = useTranslation("student");
  const { items } = useSuspenseQuery(listOffsetOptionsOptions()).data;
  return (
    <Screen title={t("offset.title")} back={{ to: "/m/credits", title: t("credits.title") }}>
      <p className="lead">{t("offset.lead")}</p>
      {items.length === 0 && <Empty title={t("offset.none")} hint={t("offset.noneHint")} />}
      {items.map((option) => (
        <Option key={option.mapping_id} option={option} />
      ))}
    </Screen>
  );
}

function Option({ option }: { option: OffsetOptionOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const keyed = useIdempotency();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [count, setCount] = useState(0);
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const course_ids = new FormData(event.currentTarget).getAll("course").map(String);
    const body = { wishes: [{ mapping_id: option.mapping_id, course_ids }] };
    setBusy(true);
    setError(null);
    try {
      const { data } = await requestOwnOffsets({ body, headers: keyed(body), throwOnError: true });
      await queryClient.invalidateQueries();
      const [made] = data.conversion_ids;
      if (made) await navigate({ to: "/m/conversions/$conversionId", params: { conversionId: made } });
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Section title={`${option.certificate_name} · ${word("level", option.level)}`}>
      <form
        className="card"
        onSubmit={(event) => void send(event)}
        onChange={(event) => setCount(new FormData(event.currentTarget).getAll("course").length)}
      >
        <fieldset>
          <legend className="visually-hidden">{t("offset.courses")}</legend>
          {option.courses.map((course) => (
            <Course key={course.course_id} course={course} />
          ))}
        </fieldset>
        <p className="muted">{t("offset.says")}</p>
        {error !== null && <ProblemNote error={error} />}
        <button type="submit" className="button wide" disabled={isBusy || count === 0}>
          {isBusy ? t("deed.working") : t("offset.submit")}
        </button>
      </form>
    </Section>
  );
}

function Course({ course }: { course: OffsetCourseOut }) {
  const { t } = useTranslation("student");
  const both = useBoth();
  return (
    <label className="check check-row">
      <input type="checkbox" name="course" value={course.course_id} disabled={course.refusal !== null} />
      <span>
        <strong>{course.name}</strong>
        <span className="row-note num">
          {course.code}
          {course.grade && ` · ${t("offset.grade", { grade: course.grade })}`}
          {course.least_grade && ` · ${t("offset.least", { grade: course.least_grade })}`}
        </span>
        {course.parts.map((part) => (
          <span key={part.component_code} className="row-note">
            {t("offset.part", { name: part.component_name, percent: part.share_percent })}
          </span>
        ))}
        {course.says && <span className="row-note">{both(course.says)}</span>}
      </span>
    </label>
  );
}
