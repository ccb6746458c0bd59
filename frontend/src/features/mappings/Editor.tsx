import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getMappingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { editMapping, getMapping, proposeMapping } from "@/api/staff/sdk.gen.ts";
import type { Direction, MappingOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useLevels, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { Courses, Entry, Grades, Offsets, Units } from "./DraftParts.tsx";
import { contentOf, sumOf, useComponents, useCourses, useDraft } from "./draft.ts";
import { LimitsInForce } from "./LimitsInForce.tsx";

const DIRECTIONS = ["certificate_to_course", "course_to_assessment"];

export function EditMapping({ id }: { id: string }) {
  return <Loaded options={getMappingOptions({ path: { mapping_id: id } })}>{(it) => <Editor shown={it} />}</Loaded>;
}

/** A rule as a draft: which certificate, for whom, which way, and all that it says in that direction. */
export function Editor({ shown: now }: { shown?: MappingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  // What was shown when the editor was opened is what the change is checked against.
  const [shown] = useState(now);
  const [head, setHead] = useState<Head>({
    programme: shown?.programme_id ?? "",
    level: shown?.certificate_level_id ?? "",
    direction: shown?.direction ?? "certificate_to_course",
    from: String(shown?.entry_year_from ?? new Date().getFullYear()),
    to: String(shown?.entry_year_to ?? new Date().getFullYear()),
  });
  const put = (change: Partial<Head>): void => setHead({ ...head, ...change });
  const draft = useDraft(shown);
  const known = useCourses(head.programme);
  const components = useComponents(head.level);
  const chosen = known
    .filter((it) => draft.courses.rows.some((row) => row.course_id === it.id))
    .map((it) => ({ value: it.id, label: it.name }));
  const save = async (over: MappingOut | undefined): Promise<MappingOut> => {
    const body = {
      entry_year_from: Number(head.from),
      entry_year_to: Number(head.to),
      ...contentOf(draft, head.direction),
    };
    if (over) {
      return (await editMapping({ path: { mapping_id: over.id }, body, headers: ifMatch(over), throwOnError: true }))
        .data;
    }
    const subject = { programme_id: head.programme, certificate_level_id: head.level };
    const proposed = { ...body, ...subject, direction: head.direction as Direction };
    return (await proposeMapping({ body: proposed, throwOnError: true })).data;
  };
  const leave = ({ id }: { id: string }): Promise<void> => navigate({ to: `/mappings/${id}` as never });
  return (
    <>
      <PageHead title={shown ? t("common.edit") : t("mappings.propose")} hint={shown?.certificate_name} />
      <SavingForm
        change={
          shown && {
            shown,
            read: async () => (await getMapping({ path: { mapping_id: shown.id }, throwOnError: true })).data,
            told: inWords,
            mine: () => ({ entry_years: `${head.from}–${head.to}`, ...counted(contentOf(draft, head.direction)) }),
          }
        }
        save={save}
        onSaved={leave}
        {...(shown && { onCancel: () => void leave(shown) })}
        isBarred={draft.courses.rows.length === 0}
      >
        {shown && (shown.college_agreed || shown.organisation_agreed) && (
          <p className="consequence">{t("rules.agreementsLapse")}</p>
        )}
        <div className="filters">
          {!shown && <Subject head={head} put={put} />}
          <Entry label={`${field("entry_year")} ≥`} value={head.from} isNumber onChange={(from) => put({ from })} />
          <Entry label={`${field("entry_year")} ≤`} value={head.to} isNumber onChange={(to) => put({ to })} />
        </div>
        <LimitsInForce levelId={head.level} credit={sumOf(draft.courses.rows.map((it) => it.credit))} />
        <Courses draft={draft} known={known} direction={head.direction} />
        {head.direction === "certificate_to_course" ? (
          <Grades draft={draft} />
        ) : (
          <Offsets draft={draft} chosen={chosen} components={components} />
        )}
        <Units draft={draft} chosen={chosen} />
      </SavingForm>
    </>
  );
}

interface Head {
  programme: string;
  level: string;
  direction: string;
  from: string;
  to: string;
}

function Subject({ head, put }: { head: Head; put: (change: Partial<Head>) => void }) {
  const field = useField();
  return (
    <>
      <Entry
        label={field("programme")}
        value={head.programme}
        options={useProgrammes()}
        onChange={(programme) => put({ programme })}
      />
      <Entry
        label={field("certificate")}
        value={head.level}
        options={useLevels()}
        onChange={(level) => put({ level })}
      />
      <Entry
        label={field("direction")}
        value={head.direction}
        options={useOptions(DIRECTIONS)}
        onChange={(direction) => put({ direction })}
      />
    </>
  );
}

type Lists = Pick<MappingOut, "courses" | "grades" | "offsets" | "units">;

/** The lists of a rule as lines that can stand side by side with somebody else's. */
function counted(it: {
  courses: { course_id: string; credit: string; grade?: string | null }[];
  grades: { score_from: string; grade: string }[];
  offsets: { component_code: string; share_percent: number }[];
  units: { code: string; weight_percent: number }[];
}): Record<keyof Lists, string> {
  return {
    courses: it.courses.map((each) => `${each.credit} ${each.grade ?? ""}`).join("; "),
    grades: it.grades.map((each) => `${each.score_from} ${each.grade}`).join("; "),
    offsets: it.offsets.map((each) => `${each.component_code} ${each.share_percent}%`).join("; "),
    units: it.units.map((each) => `${each.code} ${each.weight_percent}%`).join("; "),
  };
}

function inWords(it: MappingOut): Record<string, string> {
  return { entry_years: `${it.entry_year_from}–${it.entry_year_to}`, ...counted(it) };
}
