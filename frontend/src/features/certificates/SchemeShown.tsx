import { useTranslation } from "react-i18next";
import type { SchemeOut } from "@/api/staff/types.gen.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** How a level is assessed, in one version: how the parts are combined, and what each asks for. */
export function SchemeShown({ scheme }: { scheme: SchemeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <Facts
        facts={[
          [t("certificates.combination"), word(scheme.combination)],
          [field("exam_form"), word(scheme.exam_form)],
          [t("certificates.passMark"), scheme.pass_mark],
          [field("version"), scheme.version],
          [field("effective_from"), scheme.effective_from ?? t("schemes.always")],
        ]}
      />
      <br />
      <Grid
        label={t("certificates.scheme")}
        rows={scheme.components}
        keyOf={(part) => part.code}
        columns={[
          { key: "name", title: t("certificates.part"), show: (part) => part.name },
          { key: "code", title: field("code"), show: (part) => <code>{part.code}</code> },
          { key: "weight", title: t("mappings.weight"), show: (part) => `${part.weight_percent}%`, isNumber: true },
          { key: "full", title: t("certificates.full"), show: (part) => part.full_mark, isNumber: true },
          { key: "pass", title: t("certificates.passMark"), show: (part) => part.pass_mark ?? "—", isNumber: true },
        ]}
      />
    </>
  );
}
