import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { useWords } from "@/ui/staff/words.ts";

interface Props {
  plan: ExamPlanOut;
  level: string;
  onChange: (level: string) => void;
  isFixed?: boolean;
}

/** Which of the levels that a plan examines. */
export function LevelOfPlan({ plan, level, onChange, isFixed = false }: Props) {
  const field = useField();
  const word = useWords();
  return (
    <Labelled label={field("level")}>
      <select required disabled={isFixed} value={level} onChange={(event) => onChange(event.target.value)}>
        <Options
          empty={null}
          of={plan.levels.map((it) => ({
            value: it.certificate_level_id,
            label: `${it.certificate_name} ${word(`level_${it.level}`)}`,
          }))}
        />
      </select>
    </Labelled>
  );
}
