import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getMappingNoticeOptions, listObjectionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { answerObjection, raiseObjection } from "@/api/staff/sdk.gen.ts";
import type { NoticeOut, ObjectionOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";

/** The showing of a rule: until when, what was raised against it, and what the office answered. */
export function Notice({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const { data } = useQuery({ ...getMappingNoticeOptions({ path: { mapping_id: id } }), retry: false });
  if (!data) return null;
  return (
    <section className="panel">
      <h2>
        {t("mappings.notice")} <State of={data.is_on_show ? "on_show" : "not_on_show"} />
      </h2>
      <p>
        {t("mappings.noticeFacts", {
          from: data.starts_on,
          to: data.ends_on,
          all: data.objections,
          open: data.objections_open,
        })}
      </p>
      {data.is_on_show && may("mapping_objections:raise") && <Raise notice={data} />}
      {may("mapping_objections:read") && (
        <Loaded options={listObjectionsOptions({ path: { notice_id: data.id }, query: { page_size: 100 } })}>
          {(page) => (page.items.length > 0 ? <Objections objections={page.items} /> : null)}
        </Loaded>
      )}
    </section>
  );
}

function Raise({ notice }: { notice: NoticeOut }) {
  const { t } = useTranslation("staff");
  return (
    <p>
      <Deeds
        allowed={["raise"]}
        deeds={{
          raise: {
            label: t("rules.object"),
            consequence: t("rules.objectSays"),
            fields: [{ name: "text", label: t("rules.objection"), type: "long" }],
            run: (it) =>
              raiseObjection({ path: { notice_id: notice.id }, body: { text: it.text ?? "" }, throwOnError: true }),
          },
        }}
      />
    </p>
  );
}

function Objections({ objections }: { objections: readonly ObjectionOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Grid
      label={t("rules.objections")}
      rows={objections}
      keyOf={(it) => it.id}
      columns={[
        { key: "text", title: t("rules.objection"), show: (it) => it.text },
        { key: "at", title: t("credits.at"), show: (it) => instant(it.raised_at) },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        { key: "answer", title: t("results.answer"), show: (it) => it.answer ?? "—" },
        { key: "deeds", title: field("deeds"), show: (it) => <Answer objection={it} /> },
      ]}
    />
  );
}

function Answer({ objection }: { objection: ObjectionOut }) {
  const { t } = useTranslation("staff");
  const deed = (label: string, consequence: string, is_upheld: boolean): Deed => ({
    label,
    consequence,
    fields: [{ name: "answer", label: t("results.answer"), type: "long" }],
    run: (it) =>
      answerObjection({
        path: { objection_id: objection.id },
        body: { answer: it.answer ?? "", is_upheld },
        throwOnError: true,
      }),
  });
  return (
    <div className="page-deeds">
      <Deeds
        allowed={objection.allowed_deeds}
        deeds={{
          uphold: deed(t("rules.uphold"), t("rules.upholdSays"), true),
          dismiss: deed(t("rules.dismiss"), t("rules.dismissSays"), false),
        }}
      />
    </div>
  );
}
