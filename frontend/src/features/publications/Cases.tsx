import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listTypicalCasesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { beginTypicalCase } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["draft", "submitted", "returned", "accepted", "published", "taken_down"] as const;

interface Begun {
  title?: string;
  summary?: string;
  body?: string;
  certificate_id?: string | null;
}

/** The fields a case is written with. */
export function useCaseFields(): (begun?: Begun) => Field[] {
  const { t } = useTranslation("staff");
  const certificates = useCertificates();
  return (begun = {}) => [
    { name: "title", label: t("publications.title"), initial: begun.title ?? "" },
    {
      name: "certificate_id",
      label: t("publications.certificate"),
      options: certificates,
      isOptional: true,
      initial: begun.certificate_id ?? "",
    },
    { name: "summary", label: t("publications.summary"), type: "long", initial: begun.summary ?? "" },
    {
      name: "body",
      label: t("publications.body"),
      type: "long",
      hint: t("publications.bodyHint"),
      initial: begun.body ?? "",
    },
  ];
}

/** The cases of colleges, from the first draft to what everybody reads. */
export function Cases() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const colleges = useColleges();
  const fields = useCaseFields();
  const states = useOptions(STATES);
  const action = (
    <Deeds
      allowed={may("typical_cases:submit") ? ["begin"] : []}
      deeds={{
        begin: {
          label: t("publications.caseBegin"),
          consequence: t("publications.caseBeginSays"),
          fields: [{ name: "college_id", label: field("college"), options: colleges }, ...fields()],
          run: async (values) => {
            const { data } = await beginTypicalCase({
              body: {
                college_id: values.college_id ?? "",
                title: values.title ?? "",
                summary: values.summary ?? "",
                body: values.body ?? "",
                certificate_id: values.certificate_id || null,
              },
              throwOnError: true,
            });
            await navigate({ to: `/typical-cases/${data.id}` as never });
          },
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.typicalCases")} hint={t("publications.casesHint")}>
        {action}
      </PageHead>
      <List
        name="typical-cases"
        label={t("menu.typicalCases")}
        options={(query) => listTypicalCasesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/typical-cases/${it.id}`}
        filters={[
          { name: "state", label: field("state"), options: states },
          { name: "college_id", label: field("college"), options: colleges },
        ]}
        columns={[
          { key: "title", title: t("publications.title"), show: (it) => it.title },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "certificate", title: t("publications.certificate"), show: (it) => it.certificate_name ?? "—" },
          {
            key: "opinions",
            title: t("publications.opinionsCount"),
            show: (it) => `${it.opinions_for} / ${it.opinions_against}`,
            isNumber: true,
          },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("publications.caseNone"), hint: t("publications.caseNoneHint"), action }}
      />
    </>
  );
}
