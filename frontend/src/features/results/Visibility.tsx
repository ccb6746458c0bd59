import { useTranslation } from "react-i18next";
import { getResultVisibilityOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { getResultVisibility, setResultVisibility } from "@/api/staff/sdk.gen.ts";
import type { VisibilityOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Change } from "@/ui/staff/Change.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";

const WHO = ["college_from", "student_from", "public_from"] as const;

/** A result that was received is not one that may be seen: from when on colleges, students and the public see it. */
export function Visibility({ planId }: { planId: string }) {
  return (
    <Loaded options={getResultVisibilityOptions({ path: { exam_plan_id: planId } })}>
      {(it) => <Known of={it} />}
    </Loaded>
  );
}

function Known({ of }: { of: VisibilityOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const path = { exam_plan_id: of.exam_plan_id };
  const since = (moment: string | null): string => (moment ? instant(moment) : t("desk.atOnce"));
  return (
    <section className="panel">
      <div className="page-head">
        <h2>{t("desk.visibility")}</h2>
        <div className="page-deeds">
          {may("result_visibility:set") && (
            <Change
              shown={of}
              label={t("desk.setVisibility")}
              consequence={t("desk.visibilitySays")}
              fields={(it) =>
                WHO.map((name) => ({
                  name,
                  label: t(`desk.${name}`),
                  type: "datetime-local" as const,
                  isOptional: true,
                  initial: localOf(it[name]),
                  hint: t("desk.emptyAtOnce"),
                }))
              }
              run={(shown, it) => {
                const from = (name: (typeof WHO)[number]): string | null => (it[name] ? momentOf(it[name]) : null);
                return setResultVisibility({
                  path,
                  headers: ifMatch(shown),
                  body: {
                    college_from: from("college_from"),
                    student_from: from("student_from"),
                    public_from: from("public_from"),
                  },
                  throwOnError: true,
                });
              }}
              read={async () => (await getResultVisibility({ path, throwOnError: true })).data}
            />
          )}
        </div>
      </div>
      <p className="muted">{t("desk.visibilityHint")}</p>
      <Facts facts={WHO.map((name) => [t(`desk.${name}`), since(of[name])] as const)} />
    </section>
  );
}
