import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getCollegeSchemeOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { enactCollegeScheme } from "@/api/staff/sdk.gen.ts";
import type { CollegeSchemeOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useIndicatorWords } from "./indicators.tsx";
import { useSchemeYears } from "./Schemes.tsx";
import { WriteScheme } from "./WriteScheme.tsx";

export function Scheme({ id }: { id: string }) {
  return (
    <Loaded options={getCollegeSchemeOptions({ path: { scheme_id: id } })}>{(it) => <Known scheme={it} />}</Loaded>
  );
}

function Known({ scheme }: { scheme: CollegeSchemeOut }) {
  const { t } = useTranslation("staff");
  const years = useSchemeYears();
  // The copy that was shown when the form was opened is what the change is checked against.
  const [changing, setChanging] = useState<CollegeSchemeOut | null>(null);
  const path = { scheme_id: scheme.id };
  return (
    <>
      <PageHead
        title={scheme.name}
        state={<State of={scheme.state} as="supervising" />}
        hint={[`${t("supervise.number")} ${scheme.number}`, scheme.basis, years(scheme)].join(" · ")}
      >
        {!changing && (
          <Deeds
            allowed={scheme.allowed_deeds}
            deeds={{
              enact: {
                label: t("supervise.enact"),
                consequence: t("supervise.enactSays", { year: scheme.first_year }),
                run: () => enactCollegeScheme({ path, headers: ifMatch(scheme), throwOnError: true }),
              },
            }}
          />
        )}
        {!changing && scheme.allowed_deeds.includes("change") && (
          <Button onClick={() => setChanging(scheme)}>{t("supervise.changeIt")}</Button>
        )}
      </PageHead>
      {changing ? (
        <WriteScheme shown={changing} onDone={() => setChanging(null)} onCancel={() => setChanging(null)} />
      ) : (
        <Indicators scheme={scheme} />
      )}
      <Audit of={scheme.id} />
    </>
  );
}

function Indicators({ scheme }: { scheme: CollegeSchemeOut }) {
  const { t } = useTranslation("staff");
  const say = useIndicatorWords();
  return (
    <section className="panel">
      <h2>{t("supervise.indicators")}</h2>
      <Grid
        label={t("supervise.indicators")}
        rows={scheme.indicators}
        keyOf={(it) => it.code}
        columns={[
          { key: "name", title: t("supervise.indicator"), show: (it) => it.name },
          { key: "weight", title: t("supervise.weight"), show: (it) => it.weight, isNumber: true },
          { key: "target", title: t("supervise.target"), show: (it) => it.target_percent, isNumber: true },
          { key: "numerator", title: t("supervise.numerator"), show: say.numerator },
          { key: "denominator", title: t("supervise.denominator"), show: say.denominator },
          { key: "source", title: t("supervise.source"), show: say.source },
        ]}
      />
    </section>
  );
}
