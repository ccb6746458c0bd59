import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { explainEligibilityOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { GroundOut, StudentOut } from "@/api/staff/types.gen.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { type Wished, wishOf } from "./Wish.tsx";

interface Props {
  planId: string;
  student: StudentOut;
  wished: Wished;
  onClose: () => void;
}

/** Why one student may register or may not: every rule by itself, what it looked at, and what would help. */
export function Eligibility({ planId, student, wished, onClose }: Props) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const query = { student_id: student.id, ...wishOf(wished) };
  return (
    <Modal
      open
      width={760}
      title={t("planning.eligibilityOf", { name: student.name })}
      footer={null}
      onCancel={onClose}
      mask={{ closable: true }}
    >
      <Loaded options={explainEligibilityOptions({ path: { exam_plan_id: planId }, query })}>
        {(it) => (
          <>
            <p className="consequence">{it.is_eligible ? t("planning.eligible") : t("planning.notEligible")}</p>
            <Grounds grounds={it.grounds} />
            <Facts
              facts={[
                [t("planning.seatsFree"), it.seats_free],
                [t("planning.waiting"), it.waiting],
                [t("planning.guarantee"), word(it.guarantee)],
              ]}
            />
          </>
        )}
      </Loaded>
    </Modal>
  );
}

function Grounds({ grounds }: { grounds: readonly GroundOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Grid
      label={t("planning.grounds")}
      rows={grounds}
      keyOf={(it) => it.code}
      columns={[
        { key: "asks", title: t("planning.ground"), show: (it) => it.asks },
        { key: "met", title: field("state"), show: (it) => <State of={it.is_met ? "met" : "unmet"} /> },
        { key: "detail", title: t("imports.fault"), show: (it) => it.detail ?? "—" },
        { key: "fix", title: t("planning.fix"), show: (it) => it.fix ?? "—" },
      ]}
    />
  );
}
