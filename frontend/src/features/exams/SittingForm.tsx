import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listAssessmentSitesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { arrangeExamSitting, changeExamSitting, getExamSitting } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, SittingExaminerIn, SittingOut, SittingRoomIn } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { faultsByField, isConflict, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict } from "@/ui/staff/Conflict.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";
import { useWords } from "@/ui/staff/words.ts";
import { Examiners } from "./Examiners.tsx";
import { Rooms } from "./Rooms.tsx";

interface Props {
  plan: ExamPlanOut;
  was?: SittingOut;
}

/** When and where a sitting is held, in which rooms and by whom. */
export function SittingForm({ plan, was }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [shown] = useState(was);
  const [level, setLevel] = useState(was?.certificate_level_id ?? plan.levels[0]?.certificate_level_id ?? "");
  const [siteId, setSite] = useState(was?.site_id ?? "");
  const [rooms, setRooms] = useState<SittingRoomIn[]>(
    was?.rooms.map(({ room_id, seats }) => ({ room_id, seats })) ?? [],
  );
  const [examiners, setExaminers] = useState<SittingExaminerIn[]>(was ? was.examiners.map(examinerIn) : []);
  const [mine, setMine] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const { data } = useQuery(
    listAssessmentSitesOptions({ query: { certificate_level_id: level, state: "approved", page_size: 100 } }),
  );
  const sites = (data?.items ?? []).filter((it) => it.institution_id === plan.institution_id);
  const site = sites.find((it) => it.id === siteId);
  const granted = site?.levels.find((it) => it.certificate_level_id === level);
  const send = async (given: FormData): Promise<SittingOut> => {
    const text = (name: string): string => String(given.get(name) ?? "");
    const wish = {
      site_id: siteId,
      code: text("code"),
      starts_at: momentOf(text("starts_at")),
      ends_at: momentOf(text("ends_at")),
      rooms,
      examiners,
    };
    setMine({ code: wish.code, starts_at: wish.starts_at, ends_at: wish.ends_at, seats: String(seatsOf(rooms)) });
    if (shown) {
      const to = { path: { sitting_id: shown.id }, headers: ifMatch(shown), throwOnError: true } as const;
      return (await changeExamSitting({ ...to, body: wish })).data;
    }
    const path = { exam_plan_id: plan.id };
    return (await arrangeExamSitting({ path, body: { ...wish, certificate_level_id: level }, throwOnError: true }))
      .data;
  };
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    try {
      const sitting = await send(new FormData(event.currentTarget));
      await queryClient.invalidateQueries();
      await navigate({ to: `/exam-sittings/${sitting.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <form className="panel" onSubmit={(event) => void save(event)}>
      <div className="both">
        <Labelled label={field("level")}>
          <select
            required
            disabled={shown !== undefined}
            value={level}
            onChange={(event) => setLevel(event.target.value)}
          >
            <Options
              empty={null}
              of={plan.levels.map((it) => ({
                value: it.certificate_level_id,
                label: `${it.certificate_name} ${word(`level_${it.level}`)}`,
              }))}
            />
          </select>
        </Labelled>
        <Labelled
          label={field("site")}
          fault={faults.site_id}
          hint={sites.length === 0 && data ? t("planning.noSites") : t("planning.siteHint")}
        >
          <select
            required
            value={siteId}
            onChange={(event) => {
              setSite(event.target.value);
              setRooms([]);
            }}
          >
            <Options of={sites.map((it) => ({ value: it.id, label: `${it.name} · ${it.college_name}` }))} />
          </select>
        </Labelled>
        <Labelled label={t("planning.sittingCode")} fault={faults.code}>
          <input name="code" required defaultValue={shown?.code} />
        </Labelled>
        <Labelled
          label={field("starts_at")}
          fault={faults.starts_at}
          hint={t("planning.localTime", { day: plan.exam_on })}
        >
          <input
            name="starts_at"
            type="datetime-local"
            required
            defaultValue={shown ? localOf(shown.starts_at) : `${plan.exam_on}T09:00`}
          />
        </Labelled>
        <Labelled label={field("ends_at")} fault={faults.ends_at}>
          <input
            name="ends_at"
            type="datetime-local"
            required
            defaultValue={shown ? localOf(shown.ends_at) : `${plan.exam_on}T11:00`}
          />
        </Labelled>
      </div>
      <Rooms rooms={site?.rooms ?? []} chosen={rooms} capacity={granted?.capacity} onChange={setRooms} />
      <Examiners examiners={examiners} onChange={setExaminers} />
      {error !== null && shown && isConflict(error) && (
        <Conflict
          was={shown}
          mine={mine}
          read={async () => (await getExamSitting({ path: { sitting_id: shown.id }, throwOnError: true })).data}
        />
      )}
      {error !== null && <ProblemNote error={error} />}
      <Button type="primary" htmlType="submit" disabled={rooms.length === 0}>
        {shown ? t("common.save") : t("planning.arrange")}
      </Button>
    </form>
  );
}

function seatsOf(rooms: readonly SittingRoomIn[]): number {
  return rooms.reduce((sum, it) => sum + it.seats, 0);
}

function examinerIn({ teacher_id, name, employer, duty }: SittingOut["examiners"][number]): SittingExaminerIn {
  return teacher_id ? { teacher_id, duty } : { name, employer, duty };
}
