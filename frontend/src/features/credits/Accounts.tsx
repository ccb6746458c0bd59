import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCreditAccountsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { openCreditAccounts } from "@/api/staff/sdk.gen.ts";
import type { AccountsOpenedOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

export function Accounts() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const [opened, setOpened] = useState<AccountsOpenedOut | null>(null);
  return (
    <>
      <PageHead title={t("menu.accounts")}>
        <Open onOpened={setOpened} />
        {may("opening_rates:read") && <LinkButton to="/credit-account-rates">{t("accountOpening.rates")}</LinkButton>}
        {may("catch_ups:run") && <LinkButton to="/credit-catch-ups">{t("catchUp.title")}</LinkButton>}
      </PageHead>
      {opened && <Opened opened={opened} />}
      <List
        name="credit-accounts"
        label={t("menu.accounts")}
        options={(query) => listCreditAccountsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/credit-accounts/${it.student_id}`}
        filters={[
          { name: "state", label: field("state"), options: useOptions(["active", "frozen", "closed"]) },
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "programme_id", label: field("programme"), options: useProgrammes() },
          { name: "entry_year", label: field("entry_year"), type: "number" },
          { name: "class_name", label: field("class_name") },
        ]}
        columns={[
          { key: "student", title: field("student_number"), show: (it) => it.student_number },
          { key: "name", title: field("person"), show: (it) => it.student_name },
          { key: "class", title: field("class_name"), show: (it) => it.class_name },
          { key: "accumulated", title: field("accumulated"), show: (it) => it.accumulated, isNumber: true },
          { key: "pending", title: field("pending"), show: (it) => it.pending, isNumber: true },
          { key: "held", title: field("held"), show: (it) => it.held, isNumber: true },
          { key: "available", title: field("available"), show: (it) => it.available, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("credits.none"), hint: t("credits.noneHint") }}
      />
    </>
  );
}

/** A whole cohort at once: who is enrolled and has no account gets one. */
function Open({ onOpened }: { onOpened: (opened: AccountsOpenedOut) => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const keyFor = useIdempotency();
  const programmes = useProgrammes();
  return (
    <Deeds
      allowed={may("credit_accounts:open") ? ["open"] : []}
      deeds={{
        open: {
          label: t("accountOpening.openCohort"),
          consequence: t("accountOpening.openCohortSays"),
          fields: [
            { name: "programme_id", label: field("programme"), options: programmes },
            { name: "entry_year", label: field("entry_year"), type: "number" },
            { name: "class_name", label: field("class_name"), isOptional: true, hint: t("accountOpening.wholeCohort") },
          ],
          run: async (it) => {
            const body = {
              programme_id: it.programme_id ?? "",
              entry_year: Number(it.entry_year),
              class_name: it.class_name || null,
            };
            onOpened((await openCreditAccounts({ body, headers: keyFor(body), throwOnError: true })).data);
          },
        },
      }}
    />
  );
}

function Opened({ opened }: { opened: AccountsOpenedOut }) {
  const { t } = useTranslation("staff");
  return (
    <Alert
      role="status"
      type={opened.opened > 0 ? "success" : "info"}
      style={{ marginBottom: 16 }}
      title={t("accountOpening.opened", { count: opened.opened })}
      description={t("accountOpening.openedFacts", {
        already: opened.already_open,
        left: opened.not_enrolled,
        outcomes: opened.outcomes_recognised,
        credit: opened.credit_posted,
      })}
    />
  );
}
