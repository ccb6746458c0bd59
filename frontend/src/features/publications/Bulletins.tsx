import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  listBulletinDraftsOptions,
  listBulletinsOptions,
  listIssuedBulletinsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { draftBulletin } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { instant, share } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";

/** What is addressed to me; and for those who issue: what was published, who read it, and what is being written. */
export function Bulletins() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const follows = may("bulletins:follow");
  const views = [
    ["mine", t("publications.mine")],
    ...(follows
      ? ([
          ["issued", t("publications.issued")],
          ["drafts", t("publications.bulletinDrafts")],
        ] as const)
      : []),
  ] as const;
  const now = viewIn<string>(views, search.view);
  return (
    <>
      <PageHead title={t("menu.bulletins")} hint={t("publications.bulletinsHint")}>
        <NewDraft />
      </PageHead>
      {follows && <Views<string> views={views} now={now} label={t("menu.bulletins")} />}
      {now === "mine" && <Mine />}
      {now === "issued" && <Issued />}
      {now === "drafts" && <Drafts />}
    </>
  );
}

function NewDraft() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const me = useMe();
  const navigate = useNavigate();
  const colleges = useColleges();
  const isOffice = me.roles.includes("registrar");
  const issuers = isOffice ? [{ value: "", label: t("publications.office") }, ...colleges] : colleges;
  return (
    <Deeds
      allowed={may("bulletins:issue") ? ["draft"] : []}
      deeds={{
        draft: {
          label: t("publications.draft"),
          consequence: t("publications.draftSays"),
          fields: [
            { name: "college_id", label: t("publications.issuer"), options: issuers, isOptional: isOffice },
            { name: "title", label: t("publications.title") },
            { name: "body", label: t("publications.body"), type: "long", hint: t("publications.bodyHint") },
            { name: "down_on", label: t("publications.downOn"), type: "date" },
            { name: "is_important", label: t("publications.important"), type: "check", isOptional: true },
          ],
          run: async (values) => {
            const college_id = values.college_id || null;
            const { data } = await draftBulletin({
              body: {
                college_id,
                title: values.title ?? "",
                body: values.body ?? "",
                down_on: values.down_on ?? "",
                is_important: values.is_important === "on",
                audience: [{ role: null, college_id, programme_id: null }],
              },
              throwOnError: true,
            });
            await navigate({ to: `/bulletin-drafts/${data.id}` as never });
          },
        },
      }}
    />
  );
}

function useTitle(): (it: { title: string; is_important: boolean }) => string {
  const { t } = useTranslation("staff");
  return (it) => (it.is_important ? `【${t("publications.important")}】${it.title}` : it.title);
}

function Mine() {
  const { t } = useTranslation("staff");
  const field = useField();
  const title = useTitle();
  return (
    <List
      name="bulletins"
      label={t("publications.mine")}
      options={(query) => listBulletinsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/bulletins/${it.id}`}
      filters={[
        { name: "is_unread", label: field("state"), options: [{ value: "true", label: t("publications.unread") }] },
      ]}
      columns={[
        { key: "title", title: t("publications.title"), show: (it) => title(it) },
        { key: "issuer", title: t("publications.issuer"), show: (it) => it.college_name ?? t("publications.office") },
        { key: "at", title: t("publications.publishedAt"), show: (it) => instant(it.published_at) },
        { key: "down", title: t("publications.downOn"), show: (it) => it.down_on },
        {
          key: "read",
          title: t("publications.readersRead"),
          show: (it) => (it.read_at ? instant(it.read_at) : <strong>{t("publications.unread")}</strong>),
        },
      ]}
      empty={{ title: t("publications.noBulletins"), hint: t("publications.noBulletinsHint") }}
    />
  );
}

function Issued() {
  const { t } = useTranslation("staff");
  const field = useField();
  const states = useOptions(["shown", "over", "superseded", "withdrawn"]);
  const title = useTitle();
  return (
    <List
      name="issued-bulletins"
      label={t("publications.issued")}
      options={(query) => listIssuedBulletinsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/bulletins/${it.id}`}
      filters={[{ name: "state", label: field("state"), options: states }]}
      columns={[
        { key: "title", title: t("publications.title"), show: (it) => title(it) },
        { key: "issuer", title: t("publications.issuer"), show: (it) => it.college_name ?? t("publications.office") },
        { key: "at", title: t("publications.publishedAt"), show: (it) => instant(it.published_at) },
        { key: "down", title: t("publications.downOn"), show: (it) => it.down_on },
        {
          key: "reach",
          title: t("publications.reach"),
          show: (it) => (it.reach ? share(it.reach.read, it.reach.addressed) : "—"),
          isNumber: true,
        },
        { key: "public", title: t("publications.isPublic"), show: (it) => (it.is_public ? "✓" : "—") },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
      ]}
      empty={{ title: t("publications.noIssued"), hint: t("publications.noIssuedHint") }}
    />
  );
}

function Drafts() {
  const { t } = useTranslation("staff");
  return (
    <List
      name="bulletin-drafts"
      label={t("publications.bulletinDrafts")}
      options={(query) => listBulletinDraftsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/bulletin-drafts/${it.id}`}
      columns={[
        { key: "title", title: t("publications.title"), show: (it) => it.title },
        { key: "issuer", title: t("publications.issuer"), show: (it) => it.college_name ?? t("publications.office") },
        { key: "down", title: t("publications.downOn"), show: (it) => it.down_on },
        { key: "note", title: t("publications.correctionNote"), show: (it) => it.correction_note ?? "—" },
      ]}
      empty={{ title: t("publications.noBulletinDrafts"), hint: t("publications.noBulletinDraftsHint") }}
    />
  );
}
