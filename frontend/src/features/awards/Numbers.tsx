import { useTranslation } from "react-i18next";
import { listNumberClashesOptions, listNumberPatternsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useCertificates } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";

/** By which patterns certificates are numbered; a later version counts from the exam days after its day. */
export function NumberPatterns() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const certificates = useCertificates();
  const set = may("number_patterns:set") && (
    <LinkButton to="/number-patterns/new" isPrimary>
      {t("numbering.set")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("numbering.title")} hint={t("numbering.hint")}>
        {set}
      </PageHead>
      <List
        name="number-patterns"
        label={t("numbering.title")}
        options={(query) => listNumberPatternsOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "pattern", title: t("numbering.pattern"), show: (it) => <code>{it.pattern}</code> },
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => (it.certificate_id ? nameIn(certificates, it.certificate_id) : t("numbering.allOthers")),
          },
          { key: "version", title: field("version"), show: (it) => it.version, isNumber: true },
          { key: "from", title: t("numbering.from"), show: (it) => it.effective_from },
          { key: "basis", title: field("basis"), show: (it) => it.basis },
          { key: "at", title: t("creditPolicies.loadedAt"), show: (it) => instant(it.recorded_at) },
        ]}
        empty={{ title: t("numbering.none"), hint: t("numbering.noneHint"), action: set }}
      />
    </>
  );
}

/** Numbers that two institutions gave; the platform tells their organisations. */
export function NumberClashes() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead title={t("numbering.clashes")} hint={t("numbering.clashesHint")} />
      <List
        name="number-clashes"
        label={t("numbering.clashes")}
        options={(query) => listNumberClashesOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "number", title: field("number"), show: (it) => it.number },
          {
            key: "institutions",
            title: t("numbering.institutions"),
            show: (it) => it.institution_ids.length,
            isNumber: true,
          },
          { key: "found", title: t("numbering.foundAt"), show: (it) => instant(it.found_at) },
          { key: "seen", title: t("numbering.seenAt"), show: (it) => instant(it.seen_at) },
        ]}
        empty={{ title: t("numbering.noClashes"), hint: t("numbering.noClashesHint") }}
      />
    </>
  );
}
