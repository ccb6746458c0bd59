import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getMappingOptions, listMappingsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { requestOffsets } from "@/api/staff/sdk.gen.ts";
import type { MappingOut, StudentOut } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";

/** Passed courses for parts of an assessment, by a published rule of the student's programme. */
export function NewOffset({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const [search, change] = useUrlState();
  const query = {
    programme_id: student.programme_id,
    direction: "course_to_assessment",
    state: "published",
    page_size: 100,
  } as const;
  return (
    <Loaded options={listMappingsOptions({ query })}>
      {(rules) =>
        rules.items.length === 0 ? (
          <Empty title={t("convert.noOffsets")} hint={t("convert.noOffsetsHint")} />
        ) : (
          <section className="panel">
            <label className="field">
              <span>{t("credits.rule")}</span>
              <select
                value={search.mapping_id ?? ""}
                onChange={(event) => change({ mapping_id: event.target.value || undefined })}
              >
                <option value="">—</option>
                {rules.items.map((it) => (
                  <option key={it.id} value={it.id}>
                    {it.certificate_name} {word(`level_${it.level}`)} v{it.version}
                  </option>
                ))}
              </select>
            </label>
            {search.mapping_id && (
              <Loaded options={getMappingOptions({ path: { mapping_id: search.mapping_id } })}>
                {(rule) => <Courses key={rule.id} rule={rule} studentId={student.id} />}
              </Loaded>
            )}
          </section>
        )
      }
    </Loaded>
  );
}

function Courses({ rule, studentId }: { rule: MappingOut; studentId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const offsetsOf = (courseId: string): string =>
    rule.offsets
      .filter((it) => it.course_id === courseId)
      .map((it) => `${it.component_name} ${it.share_percent}%`)
      .join("、");
  const body = { wishes: [{ student_id: studentId, mapping_id: rule.id, course_ids: [...chosen] }] };
  return (
    <>
      <Grid
        label={t("mappings.courses")}
        rows={rule.courses}
        keyOf={(it) => it.course_id}
        choice={{ chosen, onChoose: choose }}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "least", title: t("convert.leastGrade"), show: (it) => it.grade ?? "—" },
          { key: "offsets", title: t("mappings.offsets"), show: (it) => offsetsOf(it.course_id) },
        ]}
      />
      <p>
        <Button type="primary" disabled={chosen.size === 0} onClick={() => setAsking(true)}>
          {t("convert.offset", { count: chosen.size })}
        </Button>
      </p>
      {isAsking && (
        <FormDialog
          title={t("convert.request")}
          consequence={t("convert.offsetSays", { count: chosen.size })}
          submit={t("convert.request")}
          run={async () => {
            const { data } = await requestOffsets({ body, headers: keyFor(body), throwOnError: true });
            await navigate({ to: `/conversions/${data.conversion_ids[0] ?? ""}` as never });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
