import { useTranslation } from "react-i18next";
import { listImportsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function Imports() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const start = may("imports:upload") && (
    <LinkButton to="/imports/new" isPrimary>
      {t("imports.start")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.imports")}>{start}</PageHead>
      <List
        name="imports"
        label={t("menu.imports")}
        options={(query) => listImportsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/imports/${it.id}`}
        columns={[
          { key: "kind", title: field("kind"), show: (it) => word(`import_${it.kind}`) },
          { key: "uploaded_at", title: field("uploaded_at"), show: (it) => instant(it.uploaded_at) },
          { key: "created", title: word("created"), show: (it) => it.counts.created ?? "—", isNumber: true },
          { key: "changed", title: word("changed"), show: (it) => it.counts.changed ?? "—", isNumber: true },
          { key: "blocked", title: word("blocked"), show: (it) => it.counts.blocked ?? "—", isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("imports.none"), hint: t("imports.noneHint"), action: start }}
      />
    </>
  );
}
