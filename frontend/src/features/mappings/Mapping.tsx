import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import {
  compareMappingsOptions,
  getMappingOptions,
  listMappingsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import type { MappingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useMappingDeeds } from "./deeds.ts";
import { Notice } from "./Notice.tsx";
import { Simulations } from "./Simulations.tsx";

export function Mapping({ id }: { id: string }) {
  return <Loaded options={getMappingOptions({ path: { mapping_id: id } })}>{(it) => <Known mapping={it} />}</Loaded>;
}

function Known({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const programme = mapping.programme_name;
  const level = `${mapping.certificate_name} ${word(`level_${mapping.level}`)}`;
  return (
    <>
      <PageHead
        title={mapping.direction === "course_to_assessment" ? `${programme} → ${level}` : `${level} → ${programme}`}
        state={<State of={mapping.state} />}
        hint={`${word(mapping.direction)} · ${t("mappings.version", { version: mapping.version })}`}
      >
        {mapping.allowed_deeds.includes("edit") && (
          <LinkButton to={`/mappings/${mapping.id}/edit`}>{t("common.edit")}</LinkButton>
        )}
        <Deeds allowed={mapping.allowed_deeds} deeds={useMappingDeeds(mapping)} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("programme"), `${mapping.programme_name}（${mapping.programme_code}）`],
            [field("entry_year"), `${mapping.entry_year_from}–${mapping.entry_year_to}`],
            [field("credits"), mapping.credit],
            [field("coverage"), mapping.coverage_percent ? `${mapping.coverage_percent}%` : "—"],
            [field("filing_number"), mapping.filing_number],
            [field("effective_from"), mapping.effective_from],
            [field("effective_to"), mapping.effective_to],
            [field("published_at"), instant(mapping.published_at)],
          ]}
        />
      </section>
      <Agreement mapping={mapping} />
      <Content mapping={mapping} />
      <OtherDirection mapping={mapping} />
      {mapping.state !== "draft" && <Notice id={mapping.id} />}
      {may("simulations:read") && <Simulations mapping={mapping} />}
      <Versions mapping={mapping} />
      <Audit of={mapping.id} />
    </>
  );
}

/** Both sides agreed to the same text: the hash says which. */
function Agreement({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const side = (name: string, agreed: boolean) => (
    <Tag {...(agreed && { color: "success" })}>
      {name} {agreed ? t("mappings.agreed") : t("mappings.notAgreed")}
    </Tag>
  );
  return (
    <section className="panel">
      <h2>{t("mappings.agreement")}</h2>
      <p>
        {side(t("mappings.college"), mapping.college_agreed)}{" "}
        {side(t("mappings.organisation"), mapping.organisation_agreed)}
      </p>
      <p className="muted">
        {t("mappings.hash")} <code>{mapping.content_hash}</code>
      </p>
    </section>
  );
}

function Content({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <div className="both">
        {mapping.courses.length > 0 && (
          <section className="panel">
            <h2>{t("mappings.courses")}</h2>
            <Grid
              label={t("mappings.courses")}
              rows={mapping.courses}
              keyOf={(it) => it.course_id}
              columns={[
                { key: "code", title: field("code"), show: (it) => it.code },
                { key: "name", title: field("name"), show: (it) => it.name },
                { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
                { key: "grade", title: field("grade"), show: (it) => it.grade ?? "—" },
              ]}
            />
          </section>
        )}
        {mapping.grades.length > 0 && (
          <section className="panel">
            <h2>{t("mappings.grades")}</h2>
            <Grid
              label={t("mappings.grades")}
              rows={mapping.grades}
              keyOf={(it) => it.score_from}
              columns={[
                { key: "from", title: t("mappings.scoreFrom"), show: (it) => it.score_from, isNumber: true },
                { key: "grade", title: field("grade"), show: (it) => it.grade },
              ]}
            />
          </section>
        )}
      </div>
      {mapping.offsets.length > 0 && (
        <section className="panel">
          <h2>{t("mappings.offsets")}</h2>
          <Grid
            label={t("mappings.offsets")}
            rows={mapping.offsets}
            keyOf={(it) => `${it.component_code}-${it.course_id}`}
            columns={[
              { key: "component", title: t("mappings.component"), show: (it) => it.component_name },
              {
                key: "course",
                title: field("course"),
                show: (it) => courseName(mapping, it.course_id),
              },
              { key: "share", title: t("mappings.share"), show: (it) => `${it.share_percent}%`, isNumber: true },
              {
                key: "counts",
                title: t("rules.countsAs"),
                show: (it) => (it.counts_as_percent === null ? "—" : `${it.counts_as_percent}%`),
                isNumber: true,
              },
            ]}
          />
        </section>
      )}
      {mapping.units.length > 0 && (
        <section className="panel">
          <h2>{t("mappings.units")}</h2>
          <Grid
            label={t("mappings.units")}
            rows={mapping.units}
            keyOf={(it) => it.code}
            columns={[
              { key: "name", title: field("name"), show: (it) => it.name },
              { key: "weight", title: t("mappings.weight"), show: (it) => `${it.weight_percent}%`, isNumber: true },
              { key: "covered", title: t("mappings.covered"), show: (it) => `${it.covered_percent}%`, isNumber: true },
              {
                key: "by",
                title: field("course"),
                show: (it) =>
                  it.covered_by.map((part) => `${courseName(mapping, part.course_id)} ${part.percent}%`).join("、") ||
                  "—",
              },
            ]}
          />
        </section>
      )}
    </>
  );
}

function courseName(mapping: MappingOut, id: string): string {
  return mapping.courses.find((course) => course.course_id === id)?.name ?? "—";
}

/** Mutual recognition has two directions: the rule that leads the other way, if there is one. */
function OtherDirection({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { data } = useQuery(
    listMappingsOptions({
      query: {
        programme_id: mapping.programme_id,
        certificate_level_id: mapping.certificate_level_id,
        direction: mapping.direction === "certificate_to_course" ? "course_to_assessment" : "certificate_to_course",
      },
    }),
  );
  const other = data?.items[0];
  return (
    <section className="panel">
      <h2>{t("mappings.other")}</h2>
      {other ? (
        <Link to={`/mappings/${other.id}` as never}>
          {word(other.direction)} · {t("mappings.version", { version: other.version })} <State of={other.state} />
        </Link>
      ) : (
        <p className="muted">{t("mappings.noOther")}</p>
      )}
    </section>
  );
}

function Versions({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const { data } = useQuery({
    ...compareMappingsOptions({ path: { mapping_id: mapping.id }, query: { before_id: mapping.revises_id ?? "" } }),
    enabled: mapping.revises_id !== null,
  });
  if (!mapping.revises_id) return null;
  return (
    <section className="panel">
      <h2>{t("mappings.versions")}</h2>
      <p>
        <Link to={`/mappings/${mapping.revises_id}` as never}>{t("mappings.before")}</Link>
      </p>
      {data && (
        <Grid
          label={t("mappings.versions")}
          rows={data.differences}
          keyOf={(it) => it.place}
          columns={[
            { key: "place", title: t("mappings.place"), show: (it) => it.place },
            { key: "before", title: t("conflict.was"), show: (it) => it.before ?? "—" },
            { key: "after", title: t("imports.after"), show: (it) => it.after ?? "—" },
          ]}
        />
      )}
    </section>
  );
}
