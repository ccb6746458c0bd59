import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getPublishedMappingOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { RuleContent, RuleHead } from "./Rule.tsx";

/** One published rule on a page of its own, so that it can be linked to and printed. */
export function Mapping({ mappingId }: { mappingId: string }) {
  const { t } = useTranslation("public");
  const { data } = useSuspenseQuery(getPublishedMappingOptions({ path: { mapping_id: mappingId } }));
  return (
    <>
      <Link to="/public/mappings" className="way-back">
        {t("mappings.all")}
      </Link>
      <h1>{t("mappings.one", { version: data.version })}</h1>
      <div className="card rule">
        <RuleHead rule={data} />
        <RuleContent rule={data} />
      </div>
    </>
  );
}
