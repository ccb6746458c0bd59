import { useTranslation } from "react-i18next";
import { listProgrammesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createProgramme } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function useProgrammeFields(): readonly Field[] {
  const { t } = useTranslation("staff");
  const field = useField();
  return [
    { name: "college_id", label: field("college"), options: useColleges() },
    { name: "code", label: field("code"), hint: t("record.programmeCodeHint") },
    { name: "name", label: field("name") },
    { name: "is_pilot", label: field("is_pilot"), type: "check" },
    { name: "is_showcase", label: field("is_showcase"), type: "check" },
  ];
}

export function Programmes() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const keyFor = useIdempotency();
  const fields = useProgrammeFields();
  return (
    <>
      <PageHead title={t("menu.programmes")}>
        <Deeds
          allowed={may("programmes:write") ? ["create"] : []}
          deeds={{
            create: {
              fields,
              run: (it) => {
                const body = {
                  college_id: it.college_id ?? "",
                  code: it.code ?? "",
                  name: it.name ?? "",
                  is_pilot: it.is_pilot === "on",
                  is_showcase: it.is_showcase === "on",
                };
                return createProgramme({ body, headers: keyFor(body), throwOnError: true });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="programmes"
        label={t("menu.programmes")}
        options={(query) => listProgrammesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/programmes/${it.id}`}
        filters={[
          { name: "text", label: t("list.text") },
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "is_pilot", label: field("is_pilot"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "college", title: field("college"), show: (it) => it.college.name },
          { key: "is_pilot", title: field("is_pilot"), show: (it) => word(String(it.is_pilot)) },
          { key: "is_showcase", title: field("is_showcase"), show: (it) => word(String(it.is_showcase)) },
        ]}
        empty={{ title: t("registry.none"), hint: t("registry.noneHint") }}
      />
    </>
  );
}
