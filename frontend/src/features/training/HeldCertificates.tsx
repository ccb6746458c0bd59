import { useTranslation } from "react-i18next";
import { listTeacherCertificatesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { recordTeacherCertificate, removeTeacherCertificate } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useTeachers } from "./teachers.ts";

/** The certificates that teachers hold themselves. */
export function AllHeldCertificates() {
  const { t } = useTranslation("staff");
  const may = useMay();
  return (
    <>
      <PageHead title={t("menu.teacherCertificates")} hint={t("training.heldHint")}>
        <Deeds allowed={may("training:record") ? ["record"] : []} deeds={{ record: useRecording() }} />
      </PageHead>
      <HeldCertificates />
    </>
  );
}

function useRecording(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  return {
    label: t("training.recordCertificate"),
    consequence: t("training.recordCertificateSays"),
    fields: [
      { name: "teacher_id", label: t("training.teacher"), options: useTeachers() },
      { name: "name", label: t("training.certificateName") },
      { name: "certificate_level_id", label: t("training.tier"), options: useLevels(), isOptional: true },
      { name: "issuer", label: t("training.issuer") },
      { name: "certificate_number", label: t("training.certificateNumber") },
      { name: "issued_on", label: field("issued_on"), type: "date" },
      { name: "expires_on", label: t("training.expiresOn"), type: "date", isOptional: true },
    ],
    run: (it) =>
      recordTeacherCertificate({
        body: {
          teacher_id: it.teacher_id ?? "",
          name: it.name ?? "",
          certificate_level_id: it.certificate_level_id || null,
          issuer: it.issuer ?? "",
          certificate_number: it.certificate_number ?? "",
          issued_on: it.issued_on ?? "",
          expires_on: it.expires_on || null,
        },
        throwOnError: true,
      }),
  };
}

export function HeldCertificates({ teacherId }: { teacherId?: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const filters = [{ name: "college_id", label: field("college"), options: useColleges() }];
  return (
    <section className={teacherId ? "panel" : undefined}>
      {teacherId && <h2>{t("training.held_certificates")}</h2>}
      <List
        name="teacher-certificates"
        label={t("training.held_certificates")}
        options={(query) => listTeacherCertificatesOptions({ query })}
        fixed={teacherId ? { teacher_id: teacherId } : undefined}
        keyOf={(it) => it.id}
        {...(!teacherId && { filters })}
        columns={[
          { key: "name", title: t("training.certificateName"), show: (it) => it.name },
          { key: "teacher", title: t("training.teacher"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "level", title: field("level"), show: (it) => (it.level ? word(`level_${it.level}`) : "—") },
          { key: "issuer", title: t("training.issuer"), show: (it) => it.issuer },
          { key: "number", title: t("training.certificateNumber"), show: (it) => it.certificate_number },
          { key: "issued", title: field("issued_on"), show: (it) => it.issued_on },
          {
            key: "expires",
            title: t("training.expiresOn"),
            show: (it) => (it.has_expired ? `${it.expires_on}（${t("training.expired")}）` : (it.expires_on ?? "—")),
          },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <div className="page-deeds">
                <Deeds
                  allowed={it.allowed_deeds}
                  deeds={{
                    remove: {
                      label: t("training.removeCertificate"),
                      consequence: t("training.removeSays"),
                      isDanger: true,
                      run: () => removeTeacherCertificate({ path: { certificate_id: it.id }, throwOnError: true }),
                    },
                  }}
                />
              </div>
            ),
          },
        ]}
        empty={{ title: t("training.noHeld"), hint: t("training.noHeldHint") }}
      />
    </section>
  );
}
