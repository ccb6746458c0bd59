import { useTranslation } from "react-i18next";
import { getOpeningRatesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { GroupBy, OpeningRateOut, OpeningRatesOut } from "@/api/staff/types.gen.ts";
import { share } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";

const GROUPS = ["college", "programme", "entry_year"] as const satisfies readonly GroupBy[];

/** How many of the pilot students have an account, each share with its numerator and denominator. */
export function Rates() {
  const { t } = useTranslation("staff");
  const field = useField();
  const [search, change] = useUrlState();
  const by = GROUPS.find((it) => it === search.by) ?? "college";
  return (
    <>
      <PageHead title={t("accountOpening.rates")} hint={t("accountOpening.ratesHint")} />
      <div className="filters">
        <label className="filter">
          <span>{t("accountOpening.by")}</span>
          <select value={by} onChange={(event) => change({ by: event.target.value })}>
            {GROUPS.map((it) => (
              <option key={it} value={it}>
                {field(it)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Loaded options={getOpeningRatesOptions({ query: { by } })}>
        {(rates) => <Shown rates={rates} name={field(by)} />}
      </Loaded>
    </>
  );
}

function Shown({ rates, name }: { rates: OpeningRatesOut; name: string }) {
  const { t } = useTranslation("staff");
  const shareOf = (it: OpeningRateOut): string => share(it.open_accounts, it.students);
  /** A group of the accounts' list, as far as the list knows the grouping. */
  const to = (it: OpeningRateOut): string => `/credit-accounts?${GROUP_FILTER[rates.by]}=${it.group_id}`;
  return (
    <>
      <div className="tiles">
        <div className="tile">
          <strong>{shareOf(rates.total)}</strong>
          <span>{t("accountOpening.all")}</span>
        </div>
      </div>
      <Grid
        label={t("accountOpening.rates")}
        rows={rates.groups}
        keyOf={(it) => it.group_id}
        to={to}
        columns={[
          { key: "name", title: name, show: (it) => it.name },
          { key: "open", title: t("accountOpening.accounts"), show: (it) => it.open_accounts, isNumber: true },
          { key: "students", title: t("accountOpening.students"), show: (it) => it.students, isNumber: true },
          { key: "rate", title: t("accountOpening.rate"), show: shareOf, isNumber: true },
          {
            key: "bar",
            title: "%",
            show: (it) =>
              it.rate_percent !== null && (
                <meter
                  min={0}
                  max={100}
                  value={Number(it.rate_percent)}
                  aria-label={`${it.name} ${it.rate_percent}%`}
                />
              ),
          },
        ]}
      />
    </>
  );
}

const GROUP_FILTER: Record<GroupBy, string> = {
  college: "college_id",
  programme: "programme_id",
  entry_year: "entry_year",
};
