import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listAssessmentSchemesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { NewScheme } from "./NewScheme.tsx";
import { SchemeShown } from "./SchemeShown.tsx";

/** All versions of how a level is assessed, the newest first, and the form that publishes the next. */
export function Schemes({ levelId }: { levelId: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const levels = useLevels();
  const [published, setPublished] = useState(0);
  return (
    <>
      <PageHead title={t("schemes.versions")} hint={nameIn(levels, levelId)} />
      <Loaded options={listAssessmentSchemesOptions({ path: { level_id: levelId } })}>
        {({ schemes }) => (
          <>
            {may("certificates:manage") && (
              <NewScheme
                key={published}
                levelId={levelId}
                latest={schemes[0]}
                onPublished={() => setPublished(published + 1)}
              />
            )}
            {schemes.length === 0 && <Empty title={t("certificates.noScheme")} hint={t("schemes.noneHint")} />}
            {schemes.map((scheme) => (
              <section className="panel" key={scheme.id}>
                <h2>{t("mappings.version", { version: scheme.version })}</h2>
                <SchemeShown scheme={scheme} />
              </section>
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}
