import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listExamSittingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { LevelOfPlan } from "../LevelOfPlan.tsx";

export interface Wished {
  level: string;
  sitting: string;
}

interface Props {
  plan: ExamPlanOut;
  wished: Wished;
  onChange: (wished: Wished) => void;
}

/** Which level is registered for, and which sitting is wished, if any. */
export function Wish({ plan, wished, onChange }: Props) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const { data } = useQuery({
    ...listExamSittingsOptions({ path: { exam_plan_id: plan.id }, query: { page_size: 100 } }),
    enabled: may("exam_sittings:read"),
  });
  const sittings = (data?.items ?? []).filter(
    (it) => it.certificate_level_id === wished.level && it.state === "arranged",
  );
  return (
    <div className="both">
      <LevelOfPlan plan={plan} level={wished.level} onChange={(level) => onChange({ level, sitting: "" })} />
      <Labelled label={t("planning.sitting")} hint={t("planning.sittingHint")}>
        <select value={wished.sitting} onChange={(event) => onChange({ ...wished, sitting: event.target.value })}>
          <Options
            empty={t("planning.anySitting")}
            of={sittings.map((it) => ({
              value: it.id,
              label: `${it.code} · ${it.site_name} · ${instant(it.starts_at)} · ${t("planning.left", { left: it.left })}`,
            }))}
          />
        </select>
      </Labelled>
    </div>
  );
}

export function firstWish(plan: ExamPlanOut): Wished {
  return { level: plan.levels[0]?.certificate_level_id ?? "", sitting: "" };
}

/** The part of a request that names level and sitting. */
export function wishOf({ level, sitting }: Wished): { certificate_level_id: string; sitting_id?: string } {
  return { certificate_level_id: level, ...(sitting && { sitting_id: sitting }) };
}
