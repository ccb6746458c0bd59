import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  explainCertificateOptions,
  getCreditAccountOptions,
  getStudentOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { requestConversions } from "@/api/staff/sdk.gen.ts";
import type { CreditAccountOut, ExplainedCourseOut, OutcomeOut } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { FindStudent } from "@/ui/staff/FindStudent.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { NewOffset } from "./NewOffset.tsx";

const WAYS = ["certificate_to_course", "course_to_assessment"] as const;

/** Asking for a student: their credits for courses, or their courses for parts of an assessment. */
export function NewConversion() {
  const { t } = useTranslation("staff");
  const word = useWords();
  const [search, change] = useUrlState();
  const studentId = search.student_id ?? "";
  const student = useQuery({
    ...getStudentOptions({ path: { student_id: studentId } }),
    enabled: studentId !== "",
  });
  const way = WAYS.find((it) => it === search.direction) ?? "certificate_to_course";
  if (!studentId) {
    return (
      <>
        <PageHead title={t("convert.request")} hint={t("convert.requestHint")} />
        <FindStudent to={(id) => `/conversions/new?student_id=${id}`} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={`${t("convert.request")}：${student.data?.name ?? ""}`}
        hint={`${student.data?.student_number ?? ""} · ${t("convert.requestHint")}`}
      />
      <Views
        label={t("field.direction")}
        views={WAYS.map((it) => [it, word(it)] as const)}
        now={way}
        onChoose={(it) => change({ direction: it, outcome_id: undefined })}
      />
      {way === "course_to_assessment" && student.data && <NewOffset student={student.data} />}
      {way === "certificate_to_course" && (
        <Loaded options={getCreditAccountOptions({ path: { student_id: studentId } })}>
          {(account) => <Outcomes account={account} />}
        </Loaded>
      )}
    </>
  );
}

function Outcomes({ account }: { account: CreditAccountOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [search, change] = useUrlState();
  const usable = account.outcomes.filter((it) => it.reason === "deposited");
  const outcome = usable.find((it) => it.id === search.outcome_id);
  if (usable.length === 0) return <Empty title={t("convert.nothing")} hint={t("convert.nothingHint")} />;
  return (
    <>
      <section className="panel">
        <h2>{t("convert.which")}</h2>
        <Grid
          label={t("convert.which")}
          rows={usable}
          keyOf={(it) => it.id}
          columns={[
            {
              key: "name",
              title: field("certificate"),
              show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
            },
            { key: "number", title: field("number"), show: (it) => it.award_number },
            { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
            {
              key: "choose",
              title: field("deeds"),
              show: (it) => (
                <Button size="small" aria-pressed={it.id === outcome?.id} onClick={() => change({ outcome_id: it.id })}>
                  {t("convert.choose")}
                </Button>
              ),
            },
          ]}
        />
      </section>
      {outcome && <Offered key={outcome.id} outcome={outcome} studentId={account.student_id} />}
    </>
  );
}

function Offered({ outcome, studentId }: { outcome: OutcomeOut; studentId: string }) {
  const path = { student_id: studentId, certificate_level_id: outcome.certificate_level_id };
  return (
    <Loaded options={explainCertificateOptions({ path })}>
      {(it) => <Courses outcome={outcome} offered={it.rule?.courses ?? []} />}
    </Loaded>
  );
}

/** Which courses, and with how many of the credits that the rule offers for each. */
function Courses({ outcome, offered }: { outcome: OutcomeOut; offered: ExplainedCourseOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  const [credits, setCredits] = useState<ReadonlyMap<string, string>>(new Map());
  const [isAsking, setAsking] = useState(false);
  const set = (id: string, credit: string | null): void => {
    const next = new Map(credits);
    if (credit === null) next.delete(id);
    else next.set(id, credit);
    setCredits(next);
  };
  const offeredFor = (id: string): string => offered.find((it) => it.course_id === id)?.credit ?? "";
  const sum = [...credits.values()].reduce((total, it) => total + Number(it || 0), 0).toFixed(2);
  const body = {
    wishes: [
      {
        outcome_id: outcome.id,
        courses: [...credits].map(([course_id, credit]) => ({ course_id, credit: credit || null })),
      },
    ],
  };
  return (
    <section className="panel">
      <h2>{t("convert.courses")}</h2>
      <Grid
        label={t("convert.courses")}
        rows={offered}
        keyOf={(it) => it.course_id}
        choice={{
          chosen: new Set(credits.keys()),
          onChoose: (key, isChosen) => set(key, isChosen ? offeredFor(key) : null),
        }}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "offered", title: t("convert.offered"), show: (it) => it.credit, isNumber: true },
          { key: "grade", title: field("grade"), show: (it) => it.grade ?? t("convert.byTable") },
          {
            key: "credit",
            title: t("convert.used"),
            show: (it) => (
              <input
                className="short"
                inputMode="decimal"
                aria-label={`${t("convert.used")}：${it.name}`}
                disabled={!credits.has(it.course_id)}
                value={credits.get(it.course_id) ?? ""}
                onChange={(event) => set(it.course_id, event.target.value)}
              />
            ),
          },
        ]}
      />
      <p>
        <Button type="primary" disabled={credits.size === 0} onClick={() => setAsking(true)}>
          {t("convert.submit", { count: credits.size, credit: sum })}
        </Button>
      </p>
      {isAsking && (
        <FormDialog
          title={t("convert.request")}
          consequence={t("convert.requestSays", { count: credits.size, credit: sum })}
          submit={t("convert.request")}
          run={async () => {
            const { data } = await requestConversions({ body, headers: keyFor(body), throwOnError: true });
            await navigate({ to: `/conversions/${data.conversion_ids[0] ?? ""}` as never });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
