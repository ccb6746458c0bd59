import { useTranslation } from "react-i18next";
import { listAwardsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { AwardOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useChosen } from "@/ui/staff/choice.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useLevels, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { MovePapers } from "./MovePapers.tsx";

export function Awards() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const chosen = useChosen<AwardOut>();
  const mayMove = may("awards:print");
  return (
    <>
      <PageHead title={t("menu.awards")} hint={mayMove ? t("awardPapers.listHint") : undefined}>
        <LinkButton to="/award-reissues">{t("awardPapers.reissues")}</LinkButton>
        {may("number_patterns:read") && <LinkButton to="/number-patterns">{t("numbering.title")}</LinkButton>}
        {mayMove && <MovePapers awards={chosen.rows} done={chosen.clear} />}
      </PageHead>
      <List
        name="awards"
        label={t("menu.awards")}
        options={(query) => listAwardsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/awards/${it.id}`}
        choice={mayMove ? chosen.choice : undefined}
        filters={[
          { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
          { name: "state", label: field("state"), options: useOptions(["valid", "suspended", "revoked"]) },
        ]}
        columns={[
          { key: "number", title: field("number"), show: (it) => it.number },
          { key: "holder", title: field("person"), show: (it) => it.holder_name },
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "issued_on", title: field("issued_on"), show: (it) => it.issued_on },
          { key: "print", title: field("paper"), show: (it) => word(it.print_state) },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("awards.none"), hint: t("awards.noneHint") }}
      />
    </>
  );
}
