import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getProgrammeReturnOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { acceptProgrammeReturn, sendBackProgrammeReturn, submitProgrammeReturn } from "@/api/staff/sdk.gen.ts";
import type { ProgrammeReturnOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { FillReturn } from "./FillReturn.tsx";
import { ReturnHistory } from "./ReturnHistory.tsx";

export function Return({ id }: { id: string }) {
  return (
    <Loaded options={getProgrammeReturnOptions({ path: { return_id: id } })}>{(it) => <Known data={it} />}</Loaded>
  );
}

function Known({ data }: { data: ProgrammeReturnOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  // The copy that was shown when filling in began is what the filled-in data are checked against.
  const deeds = useReturnDeeds(data);
  const [filling, setFilling] = useState<ProgrammeReturnOut | null>(null);
  return (
    <>
      <PageHead
        title={`${data.programme_name}（${data.programme_code}）`}
        state={
          <>
            <State of={data.state} /> {data.is_late && <State of="overdue" />}
          </>
        }
        hint={`${data.academic_year} · ${data.college_name} · ${field("due_on")} ${data.due_on}`}
      >
        {data.allowed_deeds.includes("fill") && !filling && (
          <Button type={data.students === null ? "primary" : "default"} onClick={() => setFilling(data)}>
            {t("collection.fill")}
          </Button>
        )}
        {!filling && <Deeds allowed={data.allowed_deeds} deeds={deeds} />}
      </PageHead>
      {data.state === "returned" && data.comment && (
        <p className="consequence">{t("collection.sentBackBecause", { comment: data.comment })}</p>
      )}
      {filling ? (
        <FillReturn shown={filling} onDone={() => setFilling(null)} onCancel={() => setFilling(null)} />
      ) : (
        <Figures data={data} />
      )}
      <Granted data={data} />
      <ReturnHistory id={data.id} />
      <Audit of={data.id} />
    </>
  );
}

/** What the college says beside what the register knows; a difference is marked in words. */
function Figures({ data }: { data: ProgrammeReturnOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const names = ["classes", "students", "teachers"] as const;
  return (
    <section className="panel">
      <h2>{t("collection.figures")}</h2>
      <Grid
        label={t("collection.figures")}
        rows={names}
        keyOf={(name) => name}
        columns={[
          { key: "name", title: t("collection.figure"), show: (name) => t(`collection.${name}`) },
          { key: "given", title: t("collection.given"), show: (name) => data[name] ?? "—", isNumber: true },
          { key: "known", title: t("collection.known"), show: (name) => data.known[name], isNumber: true },
          {
            key: "differs",
            title: t("collection.differs"),
            show: (name) => (data.differs.includes(name) ? <State of="differs" /> : "—"),
          },
        ]}
      />
      {data.remark && <p>{data.remark}</p>}
      <h2>{t("collection.wishes")}</h2>
      {data.levels.length === 0 && <p className="muted">{t("collection.noWishes")}</p>}
      {data.levels.length > 0 && (
        <Grid
          label={t("collection.wishes")}
          rows={data.levels}
          keyOf={(it) => it.certificate_level_id}
          columns={[
            {
              key: "level",
              title: field("certificate"),
              show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
            },
            { key: "asked", title: t("asking.quotaAsked"), show: (it) => it.quota_asked, isNumber: true },
          ]}
        />
      )}
    </section>
  );
}

/** What the programme was granted in each year, and what was used of it. */
function Granted({ data }: { data: ProgrammeReturnOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const levels = useLevels();
  if (data.known.participations.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("collection.grantedBefore")}</h2>
      <Grid
        label={t("collection.grantedBefore")}
        rows={data.known.participations}
        keyOf={(it) => `${it.academic_year}-${it.certificate_level_id}`}
        columns={[
          { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
          { key: "year", title: field("academic_year"), show: (it) => it.academic_year },
          { key: "quota", title: t("asking.granted"), show: (it) => it.quota, isNumber: true },
          { key: "taken", title: t("asking.takenPlaces"), show: (it) => it.taken, isNumber: true },
        ]}
      />
    </section>
  );
}

function useReturnDeeds(data: ProgrammeReturnOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const to = { path: { return_id: data.id }, throwOnError: true } as const;
  return {
    submit: {
      consequence: t("collection.submitSays"),
      run: () => submitProgrammeReturn({ ...to, headers: ifMatch(data) }),
    },
    accept: {
      label: t("collection.accept"),
      consequence: t("collection.acceptSays", { count: data.levels.length }),
      fields: [
        { name: "decision_document", label: field("document_number") },
        ...data.levels.map((it) => ({
          name: it.certificate_level_id,
          label: t("collection.grant", { level: `${it.certificate_name} ${word(`level_${it.level}`)}` }),
          type: "number" as const,
          initial: String(it.quota_asked),
        })),
        { name: "comment", label: t("collection.comment"), type: "long", isOptional: true },
      ],
      run: (values) =>
        acceptProgrammeReturn({
          ...to,
          body: {
            decision_document: values.decision_document ?? "",
            comment: values.comment || null,
            grants: data.levels.map(({ certificate_level_id }) => ({
              certificate_level_id,
              quota: Number(values[certificate_level_id]),
            })),
          },
        }),
    },
    send_back: {
      label: t("collection.sendBack"),
      consequence: t("collection.sendBackSays"),
      isDanger: true,
      fields: [{ name: "comment", label: t("collection.comment"), type: "long" }],
      run: (values) => sendBackProgrammeReturn({ ...to, body: { comment: values.comment ?? "" } }),
    },
  };
}
