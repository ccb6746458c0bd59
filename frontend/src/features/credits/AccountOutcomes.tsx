import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { explainCertificateOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CreditAccountOut, OutcomeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Explained } from "./Explained.tsx";

/** The certificates behind the credits, each with its reason; what was deposited can be converted from here. */
export function AccountOutcomes({ account }: { account: CreditAccountOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const [explained, setExplained] = useState<OutcomeOut | null>(null);
  return (
    <section className="panel">
      <h2>{t("credits.outcomes")}</h2>
      {account.outcomes.length === 0 ? (
        <p className="muted">{t("credits.noOutcomes")}</p>
      ) : (
        <Grid
          label={t("credits.outcomes")}
          rows={account.outcomes}
          keyOf={(it) => it.id}
          columns={[
            {
              key: "name",
              title: field("certificate"),
              show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
            },
            { key: "number", title: field("number"), show: (it) => it.award_number },
            { key: "earned", title: field("earned_on"), show: (it) => it.earned_on },
            { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
            { key: "says", title: t("credits.why"), show: (it) => it.explanation },
            {
              key: "explain",
              title: field("deeds"),
              show: (it) => (
                <>
                  <Button size="small" aria-expanded={explained?.id === it.id} onClick={() => setExplained(it)}>
                    {t("credits.explain")}
                  </Button>{" "}
                  {may("conversions:request") && it.reason === "deposited" && (
                    <LinkButton to={`/conversions/new?student_id=${account.student_id}&outcome_id=${it.id}`}>
                      {t("convert.request")}
                    </LinkButton>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
      {explained && (
        <Loaded
          options={explainCertificateOptions({
            path: { student_id: account.student_id, certificate_level_id: explained.certificate_level_id },
          })}
        >
          {(it) => <Explained explanation={it} />}
        </Loaded>
      )}
    </section>
  );
}
