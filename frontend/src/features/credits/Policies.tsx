import { useTranslation } from "react-i18next";
import { listConversionPoliciesOptions, listExpiryPoliciesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadConversionPolicy } from "@/api/staff/sdk.gen.ts";
import type { ChainStep, OnLoss } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { RecognitionPolicies } from "./RecognitionPolicies.tsx";

const VIEWS = ["conversion", "recognition", "expiry"] as const;
const STEPS = ["college", "registrar", "organisation", "bank"] as const satisfies readonly ChainStep[];

/** By which documents credits are converted, recognised and lost; each version stays, a later one follows it. */
export function Policies() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const view = VIEWS.find((it) => it === search.view) ?? "conversion";
  return (
    <>
      <PageHead title={t("creditPolicies.title")} hint={t(`creditPolicies.${view}Hint`)}>
        {view === "conversion" && may("conversion_policies:load") && <LoadChain />}
        {view !== "conversion" && may(`${view}_policies:load`) && (
          <LinkButton to={`/credit-policies/${view}`} isPrimary>
            {t("creditPolicies.load")}
          </LinkButton>
        )}
      </PageHead>
      <Views
        label={t("creditPolicies.title")}
        views={VIEWS.map((it) => [it, t(`creditPolicies.${it}`)] as const)}
        now={view}
      />
      {view === "conversion" && <Chains />}
      {view === "recognition" && <RecognitionPolicies />}
      {view === "expiry" && <Expiries />}
    </>
  );
}

function LoadChain() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const keyFor = useIdempotency();
  const losses = useOptions(["flag", "unwind"]);
  return (
    <Deeds
      allowed={["load"]}
      deeds={{
        load: {
          label: t("creditPolicies.load"),
          consequence: t("creditPolicies.loadChainSays"),
          fields: [
            ...STEPS.map((step) => ({
              name: `step_${step}`,
              label: `${t("credits.steps")}：${word(step)}`,
              type: "check" as const,
              initial: "on",
            })),
            { name: "on_loss", label: t("creditPolicies.onLoss"), options: losses, initial: "flag" },
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
          ],
          run: (it) => {
            const body = {
              steps: STEPS.filter((step) => it[`step_${step}`] === "on"),
              on_loss: it.on_loss as OnLoss,
              document_number: it.document_number ?? "",
              effective_from: it.effective_from ?? "",
            };
            return loadConversionPolicy({ body, headers: keyFor(body), throwOnError: true });
          },
        },
      }}
    />
  );
}

function Chains() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="conversion-policies"
      label={t("creditPolicies.conversion")}
      options={(query) => listConversionPoliciesOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "version", title: field("version"), show: (it) => it.version },
        { key: "steps", title: t("credits.steps"), show: (it) => it.steps.map((step) => word(step)).join(" → ") },
        { key: "on_loss", title: t("creditPolicies.onLoss"), show: (it) => word(it.on_loss) },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "at", title: t("creditPolicies.loadedAt"), show: (it) => instant(it.recorded_at) },
        { key: "by", title: t("creditPolicies.loadedBy"), show: (it) => <code>{it.loaded_by.slice(0, 8)}</code> },
      ]}
      empty={{ title: t("creditPolicies.noChain"), hint: t("creditPolicies.noChainHint") }}
    />
  );
}

function Expiries() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="expiry-policies"
      label={t("creditPolicies.expiry")}
      options={(query) => listExpiryPoliciesOptions({ query })}
      keyOf={(it) => it.id}
      columns={[
        { key: "version", title: field("version"), show: (it) => it.version },
        {
          key: "terms",
          title: t("creditPolicies.terms"),
          show: (it) =>
            it.terms.length === 0
              ? t("creditPolicies.never")
              : it.terms
                  .map((term) =>
                    t("creditPolicies.term", {
                      kind: word(term.kind),
                      months: term.validity_months,
                      days: term.notice_days,
                    }),
                  )
                  .join("；"),
        },
        { key: "document", title: field("document_number"), show: (it) => it.document_number },
        { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
        { key: "at", title: t("creditPolicies.loadedAt"), show: (it) => instant(it.recorded_at) },
        { key: "by", title: t("creditPolicies.loadedBy"), show: (it) => <code>{it.loaded_by.slice(0, 8)}</code> },
      ]}
      empty={{ title: t("creditPolicies.noExpiry"), hint: t("creditPolicies.noExpiryHint") }}
    />
  );
}
