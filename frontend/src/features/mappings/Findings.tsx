import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listShowcaseFindingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What is missing of showcase programmes, college by college, and where to mend it. */
export function Findings() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const colleges = useColleges();
  const programmes = useProgrammes();
  return (
    <>
      <PageHead title={t("menu.showcaseFindings")} hint={t("rules.findingsHint")} />
      <Loaded options={listShowcaseFindingsOptions()}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("rules.noFindings")} hint={t("rules.noFindingsHint")} />
          ) : (
            <Grid
              label={t("menu.showcaseFindings")}
              rows={items}
              keyOf={(it) => `${it.code}-${it.college_id}-${it.programme_id}`}
              columns={[
                { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) },
                { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
                { key: "code", title: field("kind"), show: (it) => word(it.code) },
                { key: "saying", title: t("rules.finding"), show: (it) => it.saying },
                {
                  key: "next",
                  title: t("rules.mend"),
                  show: (it) => (
                    <Link to={(it.programme_id ? "/mappings/new" : "/programmes") as never}>
                      {it.programme_id ? t("mappings.propose") : t("menu.programmes")}
                    </Link>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </>
  );
}
