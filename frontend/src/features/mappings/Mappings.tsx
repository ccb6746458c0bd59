import { useTranslation } from "react-i18next";
import { listMappingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useLevels, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = ["draft", "agreed", "approved", "filed", "published", "superseded", "withdrawn"];
const DIRECTIONS = ["certificate_to_course", "course_to_assessment"];

export function Mappings() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const propose = may("mappings:propose") && (
    <LinkButton to="/mappings/new" isPrimary>
      {t("mappings.propose")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.mappings")}>{propose}</PageHead>
      <List
        name="mappings"
        label={t("menu.mappings")}
        options={(query) => listMappingsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/mappings/${it.id}`}
        filters={[
          { name: "programme_id", label: field("programme"), options: useProgrammes() },
          { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
          { name: "direction", label: field("direction"), options: useOptions(DIRECTIONS) },
          { name: "state", label: field("state"), options: useOptions(STATES) },
        ]}
        columns={[
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "programme", title: field("programme"), show: (it) => it.programme_name },
          { key: "direction", title: field("direction"), show: (it) => word(it.direction) },
          { key: "years", title: field("entry_year"), show: (it) => `${it.entry_year_from}–${it.entry_year_to}` },
          { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
          { key: "version", title: field("version"), show: (it) => it.version, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("mappings.none"), hint: t("mappings.noneHint"), action: propose }}
      />
    </>
  );
}
