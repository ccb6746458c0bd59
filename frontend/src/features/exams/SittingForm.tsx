import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listAssessmentSitesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { arrangeExamSitting, changeExamSitting, getExamSitting } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, SittingExaminerIn, SittingOut, SittingRoomIn } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { Examiners } from "./Examiners.tsx";
import { LevelOfPlan } from "./LevelOfPlan.tsx";
import { Rooms } from "./Rooms.tsx";

interface Props {
  plan: ExamPlanOut;
  was?: SittingOut;
}

/** When and where a sitting is held, in which rooms and by whom. */
export function SittingForm({ plan, was }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const [shown] = useState(was);
  const [level, setLevel] = useState(was?.certificate_level_id ?? plan.levels[0]?.certificate_level_id ?? "");
  const [siteId, setSite] = useState(was?.site_id ?? "");
  const [rooms, setRooms] = useState<SittingRoomIn[]>(
    was?.rooms.map(({ room_id, seats }) => ({ room_id, seats })) ?? [],
  );
  const [examiners, setExaminers] = useState<SittingExaminerIn[]>(was ? was.examiners.map(examinerIn) : []);
  const { data } = useQuery(
    listAssessmentSitesOptions({ query: { certificate_level_id: level, state: "approved", page_size: 100 } }),
  );
  const sites = (data?.items ?? []).filter((it) => it.institution_id === plan.institution_id);
  const site = sites.find((it) => it.id === siteId);
  const granted = site?.levels.find((it) => it.certificate_level_id === level);
  const said = (given: FormData): Record<"code" | "starts_at" | "ends_at", string> => ({
    code: String(given.get("code")),
    starts_at: momentOf(String(given.get("starts_at"))),
    ends_at: momentOf(String(given.get("ends_at"))),
  });
  const send = async (over: SittingOut | undefined, given: FormData): Promise<SittingOut> => {
    const wish = { ...said(given), site_id: siteId, rooms, examiners };
    if (over) {
      const to = { path: { sitting_id: over.id }, headers: ifMatch(over), throwOnError: true } as const;
      return (await changeExamSitting({ ...to, body: wish })).data;
    }
    const path = { exam_plan_id: plan.id };
    return (await arrangeExamSitting({ path, body: { ...wish, certificate_level_id: level }, throwOnError: true }))
      .data;
  };
  const leave = ({ id }: { id: string }): Promise<void> => navigate({ to: `/exam-sittings/${id}` as never });
  return (
    <SavingForm
      change={
        shown && {
          shown,
          read: async () => (await getExamSitting({ path: { sitting_id: shown.id }, throwOnError: true })).data,
          mine: (given) => ({ ...said(given), seats: String(seatsOf(rooms)) }),
        }
      }
      save={send}
      onSaved={leave}
      {...(shown ? { onCancel: () => void leave(shown) } : { submit: t("planning.arrange") })}
      isBarred={rooms.length === 0}
    >
      {(faults) => (
        <>
          <div className="both">
            <LevelOfPlan plan={plan} level={level} onChange={setLevel} isFixed={shown !== undefined} />
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
        </>
      )}
    </SavingForm>
  );
}

function seatsOf(rooms: readonly SittingRoomIn[]): number {
  return rooms.reduce((sum, it) => sum + it.seats, 0);
}

function examinerIn({ teacher_id, name, employer, duty }: SittingOut["examiners"][number]): SittingExaminerIn {
  return teacher_id ? { teacher_id, duty } : { name, employer, duty };
}
