import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  getGuaranteeOptions,
  getStudentOptions,
  listRegistrationsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { restoreGuarantee } from "@/api/staff/sdk.gen.ts";
import type { GuaranteeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** A student's guaranteed attempt: whether it is free, and everything that became of it. */
export function Guarantee({ studentId }: { studentId: string }) {
  return (
    <Loaded options={getGuaranteeOptions({ path: { student_id: studentId } })}>
      {(it) => <Known guarantee={it} />}
    </Loaded>
  );
}

function Known({ guarantee }: { guarantee: GuaranteeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const path = { student_id: guarantee.student_id };
  const student = useQuery({ ...getStudentOptions({ path }), enabled: may("students:read") });
  const attempts = useAttempts(guarantee);
  return (
    <>
      <PageHead
        title={`${t("charges.guarantee")}${student.data ? ` · ${student.data.name}` : ""}`}
        state={<State of={guarantee.state} as="charge" />}
        hint={student.data ? `${student.data.student_number} · ${student.data.class_name}` : t("charges.guaranteeHint")}
      >
        <Deeds
          allowed={may("guarantees:restore") && attempts.length > 0 ? ["restore"] : []}
          deeds={{
            restore: {
              label: t("charges.restore"),
              consequence: t("charges.restoreSays"),
              fields: [
                { name: "registration_id", label: t("charges.attempt"), options: attempts },
                { name: "document_number", label: t("charges.illnessDocument") },
                { name: "reason", label: field("reason"), type: "long" },
              ],
              run: (it) =>
                restoreGuarantee({
                  path,
                  body: {
                    registration_id: it.registration_id ?? "",
                    document_number: it.document_number ?? "",
                    reason: it.reason ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
        {may("students:read") && (
          <LinkButton to={`/students/${guarantee.student_id}`}>{t("charges.student")}</LinkButton>
        )}
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("state"), word(guarantee.state, "charge")],
            [t("charges.grantedAt"), instant(guarantee.granted_at)],
            [t("charges.absences"), guarantee.absences],
            [t("charges.heldBy"), guarantee.registration_id ? nameIn(attempts, guarantee.registration_id) : "—"],
            [
              t("menu.charges"),
              may("charges:read") && (
                <Link key="charges" to={"/charges" as never} search={{ student_id: guarantee.student_id } as never}>
                  {t("common.open")}
                </Link>
              ),
            ],
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t("charges.events")}</h2>
        <Grid
          label={t("charges.events")}
          rows={guarantee.events}
          keyOf={(it) => String(it.number)}
          columns={[
            { key: "at", title: t("charges.recordedAt"), show: (it) => instant(it.recorded_at) },
            { key: "deed", title: t("charges.event"), show: (it) => word(it.deed, "guarantee") },
            { key: "cause", title: t("charges.cause"), show: (it) => word(it.cause, "cause") },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} as="charge" /> },
            { key: "absences", title: t("charges.absences"), show: (it) => it.absences, isNumber: true },
            { key: "attempt", title: t("charges.attempt"), show: (it) => nameIn(attempts, it.registration_id) },
            { key: "document", title: field("document_number"), show: (it) => it.document_number ?? "—" },
            { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
          ]}
        />
      </section>
      <Audit of={guarantee.id} />
    </>
  );
}

/** The registrations through which something became of the attempt, by what they were for. */
function useAttempts(guarantee: GuaranteeOut) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const levels = useLevels();
  const query = { student_id: guarantee.student_id, page_size: 100 };
  const { data } = useQuery({ ...listRegistrationsOptions({ query }), enabled: may("registrations:read") });
  const ids = new Set(guarantee.events.flatMap((it) => (it.registration_id ? [it.registration_id] : [])));
  return [...ids].map((value) => {
    const known = data?.items.find((it) => it.id === value);
    const label = known
      ? `${nameIn(levels, known.certificate_level_id)} ${known.admission_number ?? ""}`.trim()
      : `${t("menu.registrations")} ${value.slice(0, 8)}`;
    return { value, label };
  });
}
