import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getSeedTeacherOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { certifySeedTeacher, declineSeedTeacher, renewSeedTeacher, revokeSeedTeacher } from "@/api/staff/sdk.gen.ts";
import type { SeedTeacherOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { linesOf } from "./choices.ts";

/** One nomination of a teacher, and the term that came of it. */
export function SeedTeacher({ id }: { id: string }) {
  return (
    <Loaded options={getSeedTeacherOptions({ path: { seed_teacher_id: id } })}>{(it) => <Known seed={it} />}</Loaded>
  );
}

function useSeedDeeds(seed: SeedTeacherOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const navigate = useNavigate();
  const to = { path: { seed_teacher_id: seed.id }, throwOnError: true } as const;
  const named = (name: string): string => word(name, "qualification");
  const reason: Field = { name: "reason", label: field("reason"), type: "long" };
  return {
    certify: {
      label: named("certify"),
      consequence: t("quals.certifySays"),
      fields: [
        { name: "document_number", label: field("document_number") },
        { name: "valid_from", label: t("quals.validFrom"), type: "date" },
        { name: "valid_until", label: t("quals.validUntil"), type: "date", hint: t("quals.untilHint") },
      ],
      run: (it) =>
        certifySeedTeacher({
          ...to,
          body: {
            document_number: it.document_number ?? "",
            valid_from: it.valid_from ?? "",
            valid_until: it.valid_until ?? "",
          },
        }),
    },
    decline: {
      label: named("decline"),
      consequence: t("quals.declineSays"),
      fields: [reason],
      run: (it) => declineSeedTeacher({ ...to, body: { reason: it.reason ?? "" } }),
    },
    renew: {
      label: named("renew"),
      consequence: t("quals.renewSays"),
      fields: [
        { name: "evidence", label: t("quals.evidence"), type: "long" },
        {
          name: "evidence_references",
          label: t("quals.references"),
          type: "long",
          hint: t("quals.referencesHint"),
          isOptional: true,
        },
      ],
      run: async (it) => {
        const body = { evidence: it.evidence ?? "", evidence_references: linesOf(it.evidence_references) };
        const { data } = await renewSeedTeacher({ ...to, body });
        await navigate({ to: `/seed-teachers/${data.id}` as never });
      },
    },
    revoke: {
      label: named("revoke"),
      consequence: t("quals.revokeSeedSays"),
      isDanger: true,
      fields: [reason],
      run: (it) => revokeSeedTeacher({ ...to, body: { reason: it.reason ?? "" } }),
    },
  };
}

function Known({ seed }: { seed: SeedTeacherOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deeds = useSeedDeeds(seed);
  return (
    <>
      <PageHead
        title={seed.teacher_name}
        state={<State of={seed.state} as="qualification" />}
        hint={`${seed.staff_number} · ${seed.college_name}`}
      >
        <Deeds allowed={seed.allowed_deeds} deeds={deeds} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("quals.category"), seed.category_name],
            [t("quals.tier"), word(`level_${seed.tier}`)],
            [t("quals.validFrom"), seed.valid_from],
            [t("quals.validUntil"), seed.valid_until],
            [field("document_number"), seed.document_number],
            [t("quals.nominatedAt"), instant(seed.nominated_at)],
            [field("decided_at"), seed.decided_at && instant(seed.decided_at)],
            [t("quals.vouched"), seed.vouched],
            ...(seed.revoked_on ? ([[t("quals.revokedOn"), seed.revoked_on]] as const) : []),
            ...(seed.reason ? ([[field("reason"), seed.reason]] as const) : []),
            ...(seed.renews_id
              ? ([
                  [
                    t("quals.renews"),
                    <Link key="former" to={`/seed-teachers/${seed.renews_id}` as never}>
                      {t("quals.former")}
                    </Link>,
                  ],
                ] as const)
              : []),
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t("quals.evidence")}</h2>
        <p>{seed.evidence}</p>
        {seed.evidence_references.length > 0 && (
          <ul>
            {seed.evidence_references.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        )}
      </section>
      <Audit of={seed.id} />
    </>
  );
}
