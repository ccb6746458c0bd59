import { useTranslation } from "react-i18next";
import { getPolicyLimitOptions, listPolicyLimitsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { withdrawPolicyLimit } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useCertificates, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LIMIT_CODES } from "./limitCodes.ts";

/** The limits of policy, each version with the document that sets or waives it. */
export function Limits() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const action = may("policy_limits:load") && (
    <LinkButton to="/policy-limits/new" isPrimary>
      {t("limits.load")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.policyLimits")} hint={t("limits.hint")}>
        {action}
      </PageHead>
      <List
        name="policy-limits"
        label={t("menu.policyLimits")}
        options={(query) => listPolicyLimitsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/policy-limits/${it.id}`}
        filters={[
          { name: "code", label: field("kind"), options: useOptions(LIMIT_CODES) },
          { name: "in_force_on", label: t("limits.inForceOn"), type: "date" },
        ]}
        columns={[
          { key: "code", title: field("kind"), show: (it) => word(it.code) },
          { key: "saying", title: t("limits.saying"), show: (it) => it.saying },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
          { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? "—" },
          { key: "version", title: field("version"), show: (it) => it.version, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={stateOf(it)} /> },
        ]}
        empty={{ title: t("limits.none"), hint: t("limits.noneHint"), action }}
      />
    </>
  );
}

function stateOf(it: { withdrawn_at: string | null; is_waived: boolean }): string {
  if (it.withdrawn_at) return "withdrawn";
  return it.is_waived ? "waived" : "published";
}

export function Limit({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const levels = useLevels();
  const certificates = useCertificates();
  return (
    <Loaded options={getPolicyLimitOptions({ path: { limit_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={word(it.code)}
            state={<State of={stateOf(it)} />}
            hint={t("mappings.version", { version: it.version })}
          >
            <Deeds
              allowed={may("policy_limits:withdraw") && !it.withdrawn_at ? ["withdraw"] : []}
              deeds={{
                withdraw: {
                  consequence: t("limits.withdrawSays"),
                  isDanger: true,
                  fields: [{ name: "reason", label: field("reason"), type: "long" }],
                  run: (values) =>
                    withdrawPolicyLimit({
                      path: { limit_id: id },
                      body: { reason: values.reason ?? "" },
                      throwOnError: true,
                    }),
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <p>{it.saying}</p>
            <Facts
              facts={[
                [field("certificate"), certificateOf(it, levels, certificates)],
                [field("level"), it.level && word(`level_${it.level}`)],
                [field("document_number"), it.document_number],
                [field("effective_from"), it.effective_from],
                [field("effective_to"), it.effective_to],
                [t("limits.note"), it.note],
                [t("limits.loadedAt"), instant(it.recorded_at)],
              ]}
            />
          </section>
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}

type Names = Parameters<typeof nameIn>[0];

function certificateOf(
  it: { certificate_level_id: string | null; certificate_id: string | null },
  levels: Names,
  certificates: Names,
): string {
  return it.certificate_level_id ? nameIn(levels, it.certificate_level_id) : nameIn(certificates, it.certificate_id);
}
