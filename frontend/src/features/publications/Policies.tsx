import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listPolicyDraftsOptions, searchPolicyDocumentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { draftPolicy } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Marked } from "./Marked.tsx";
import { contentOf, usePolicyFields, usePolicyOptions } from "./policyFields.ts";
import "./publications.css";

/** The policy library: what holds today, found by its words; drafts for those who write it. */
export function Policies() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const me = useMe();
  const navigate = useNavigate();
  const fields = usePolicyFields();
  const [search] = useUrlState();
  const views = [
    ["documents", t("publications.documents")],
    ["drafts", t("publications.drafts")],
  ] as const;
  const now = viewIn(views, search.view);
  const seesDrafts = me.roles.some((it) => it === "registrar" || it === "auditor");
  const action = (
    <Deeds
      allowed={may("policy_documents:write") ? ["enter"] : []}
      deeds={{
        enter: {
          label: t("publications.enter"),
          consequence: t("publications.enterSays"),
          fields: fields(),
          run: async (values) => {
            const { data } = await draftPolicy({ body: { content: contentOf(values) }, throwOnError: true });
            await navigate({ to: `/policy-drafts/${data.id}` as never });
          },
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.policyDocuments")} hint={t("publications.libraryHint")}>
        {action}
      </PageHead>
      {seesDrafts && <Views views={views} now={now} label={t("publications.library")} />}
      {now === "drafts" ? <Drafts /> : <Documents />}
    </>
  );
}

function Documents() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const { kinds, levels } = usePolicyOptions();
  return (
    <List
      name="policy-documents"
      label={t("menu.policyDocuments")}
      options={(query) => searchPolicyDocumentsOptions({ query })}
      keyOf={(it) => `${it.policy_document_id}-${it.number}`}
      to={(it) => `/policy-documents/${it.policy_document_id}`}
      filters={[
        { name: "text", label: t("publications.search") },
        { name: "on", label: t("publications.on"), type: "date" },
        { name: "level", label: t("publications.levelOf"), options: levels },
        { name: "kind", label: t("publications.kindOf"), options: kinds },
        {
          name: "every_version",
          label: t("publications.everyVersion"),
          options: [{ value: "true", label: word("true") }],
        },
      ]}
      columns={[
        { key: "title", title: t("publications.title"), show: (it) => <Marked pieces={it.marked_title} /> },
        {
          key: "number",
          title: t("publications.number"),
          show: (it) => (it.document_number ? <Marked pieces={it.marked_number} /> : "—"),
        },
        { key: "level", title: t("publications.levelOf"), show: (it) => t(`publications.level.${it.level}`) },
        { key: "body", title: t("publications.issuingBody"), show: (it) => it.issuing_body },
        { key: "snippet", title: t("publications.found"), show: (it) => <Marked pieces={it.snippet} /> },
        { key: "from", title: t("publications.from"), show: (it) => it.in_force_from },
        { key: "state", title: field("state"), show: (it) => <State of={it.standing} /> },
      ]}
      empty={{ title: t("publications.none"), hint: t("publications.noneHint") }}
    />
  );
}

function Drafts() {
  const { t } = useTranslation("staff");
  return (
    <List
      name="policy-drafts"
      label={t("publications.drafts")}
      options={(query) => listPolicyDraftsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/policy-drafts/${it.id}`}
      columns={[
        { key: "title", title: t("publications.title"), show: (it) => it.title },
        { key: "number", title: t("publications.number"), show: (it) => it.document_number ?? "—" },
        {
          key: "follows",
          title: t("publications.version"),
          show: (it) =>
            it.follows === null ? t("publications.followsNew") : t("publications.follows", { version: it.follows + 1 }),
        },
        { key: "from", title: t("publications.from"), show: (it) => it.in_force_from },
      ]}
      empty={{ title: t("publications.noDrafts"), hint: t("publications.noDraftsHint") }}
    />
  );
}
