import { useTranslation } from "react-i18next";
import { listAssessmentSitesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

export function Sites() {
  const { t } = useTranslation("staff");
  const field = useField();
  const states = useOptions(["applied", "approved", "refused", "suspended", "withdrawn"]);
  const apply = useMay()("sites:apply") && (
    <LinkButton to="/sites/new" isPrimary>
      {t("places.offer")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.sites")}>
        <LinkButton to="/site-demand">{t("places.demand")}</LinkButton>
        {apply}
      </PageHead>
      <List
        name="sites"
        label={t("menu.sites")}
        options={(query) => listAssessmentSitesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/sites/${it.id}`}
        filters={[
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
          { name: "state", label: field("state"), options: states },
        ]}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "address", title: field("address"), show: (it) => it.address },
          { key: "seats", title: field("seats"), show: (it) => it.seats, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("sites.none"), hint: t("sites.noneHint"), action: apply }}
      />
    </>
  );
}
