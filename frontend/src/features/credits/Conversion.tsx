import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getConversionOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ConversionOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { States } from "./Conversions.tsx";
import { Decisions } from "./Decisions.tsx";
import { useConversionDeeds } from "./decide.ts";

export function Conversion({ id }: { id: string }) {
  return (
    <Loaded options={getConversionOptions({ path: { conversion_id: id } })}>{(it) => <Known conversion={it} />}</Loaded>
  );
}

function Known({ conversion: it }: { conversion: ConversionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <>
      <PageHead
        title={`${it.student_name ?? it.award_number ?? ""} · ${it.certificate_name}`}
        state={<States it={it} />}
        hint={`${word(it.direction)} · ${t("credits.awaits")} ${word(it.awaits)}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={useConversionDeeds([it])} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("level"), word(`level_${it.level}`)],
            [field("credits"), it.credit],
            [field("number"), it.award_number],
            [field("requested_at"), instant(it.requested_at)],
            [t("credits.steps"), it.steps.map((step) => word(step)).join(" → ")],
            [t("convert.grantedOn"), it.granted_on],
            [t("convert.endedAt"), instant(it.ended_at)],
            [field("reason"), it.end_reason],
            [t("convert.flagged"), it.flagged_at && `${instant(it.flagged_at)} ${word(it.flag_reason)}`],
          ]}
        />
        <p>
          {may("credit_accounts:read") && (
            <Link to={`/credit-accounts/${it.student_id}` as never}>{t("menu.account_of")}</Link>
          )}{" "}
          {may("mappings:read") && (
            <Link to={`/mappings/${it.mapping_id}` as never}>
              {t("credits.rule")} v{it.mapping_version}
            </Link>
          )}
        </p>
      </section>
      <Courses conversion={it} />
      <Decisions of={it.decisions} />
      <Audit of={it.id} />
    </>
  );
}

/** What the credits stand for, or what the passed courses exempt from. */
function Courses({ conversion }: { conversion: ConversionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const nameOf = (id: string): string => conversion.courses.find((it) => it.course_id === id)?.name ?? "—";
  return (
    <>
      <section className="panel">
        <h2>{t("mappings.courses")}</h2>
        <Grid
          label={t("mappings.courses")}
          rows={conversion.courses}
          keyOf={(it) => it.course_id}
          columns={[
            { key: "code", title: field("code"), show: (it) => it.code },
            { key: "name", title: field("name"), show: (it) => it.name },
            { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
            { key: "grade", title: field("grade"), show: (it) => it.grade ?? "—" },
          ]}
        />
      </section>
      {conversion.offsets.length > 0 && (
        <section className="panel">
          <h2>{t("mappings.offsets")}</h2>
          <Grid
            label={t("mappings.offsets")}
            rows={conversion.offsets}
            keyOf={(it) => `${it.component_code}-${it.course_id}`}
            columns={[
              { key: "component", title: t("mappings.component"), show: (it) => it.component_code },
              { key: "course", title: field("course"), show: (it) => nameOf(it.course_id) },
              { key: "share", title: t("mappings.share"), show: (it) => `${it.share_percent}%`, isNumber: true },
              {
                key: "counts",
                title: t("convert.countsAs"),
                show: (it) => (it.counts_as_percent === null ? "—" : `${it.counts_as_percent}%`),
                isNumber: true,
              },
            ]}
          />
        </section>
      )}
    </>
  );
}
