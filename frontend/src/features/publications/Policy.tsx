import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  comparePolicyVersionsOptions,
  getPolicyDocumentOptions,
  getPolicyVersionOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { draftPolicy, repealPolicyDocument } from "@/api/staff/sdk.gen.ts";
import type { PolicyDocumentOut, PolicyVersionBriefOut } from "@/api/staff/types.gen.ts";
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
import { useUrlState } from "@/ui/staff/url.ts";
import { Paragraphs } from "./Marked.tsx";
import { contentOf, usePolicyFields } from "./policyFields.ts";
import "./publications.css";

/** One document as it is today or was on a day, with its versions and what changed between them. */
export function Policy({ id }: { id: string }) {
  const [search] = useUrlState();
  const query = search.on ? { on: search.on } : {};
  return (
    <Loaded options={getPolicyDocumentOptions({ path: { document_id: id }, query })}>
      {(it) => <Known document={it} />}
    </Loaded>
  );
}

function Known({ document }: { document: PolicyDocumentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const [search, change] = useUrlState();
  const told = document.versions.find((it) => it.number === document.number) ?? document.versions[0];
  const [pair, setPair] = useState<{ before: number; after: number } | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  if (!told) return null;
  return (
    <>
      <PageHead
        title={told.title}
        state={<State of={document.standing} />}
        hint={[told.issuing_body, told.document_number, t("publications.versionIs", { version: document.number })]
          .filter(Boolean)
          .join(" · ")}
      >
        {document.draft_id && (
          <LinkButton to={`/policy-drafts/${document.draft_id}`}>{t("publications.goDraft")}</LinkButton>
        )}
        <DocumentDeeds document={document} told={told} />
      </PageHead>
      <div className="filters">
        <label className="filter">
          <span>{t("publications.on")}</span>
          <input
            type="date"
            value={search.on ?? document.on}
            onChange={(event) => change({ on: event.target.value || undefined })}
          />
          <small className="muted">{t("publications.onHint")}</small>
        </label>
      </div>
      <section className="panel">
        <Facts
          facts={[
            [t("publications.levelOf"), t(`publications.level.${told.level}`)],
            [t("publications.kindOf"), t(`publications.kind.${told.kind}`)],
            [t("publications.issuedOn"), told.issued_on],
            [
              t("publications.force"),
              `${told.in_force_from} – ${document.repealed_on ?? told.in_force_to ?? t("publications.open")}`,
            ],
            [t("publications.source"), document.source_note],
            ...(document.repeal_note ? [[t("publications.repealNote"), document.repeal_note] as const] : []),
          ]}
        />
        <Paragraphs text={document.body} />
      </section>
      <section className="panel">
        <h2>{t("publications.versions")}</h2>
        <Grid
          label={t("publications.versions")}
          rows={document.versions}
          keyOf={(it) => String(it.number)}
          columns={[
            {
              key: "number",
              title: t("publications.version"),
              show: (it) => t("publications.versionIs", { version: it.number }),
            },
            { key: "state", title: field("state"), show: (it) => <State of={it.standing} /> },
            { key: "from", title: t("publications.from"), show: (it) => it.in_force_from },
            { key: "change", title: t("publications.change"), show: (it) => it.change_note ?? "—" },
            { key: "at", title: t("publications.publishedAt"), show: (it) => instant(it.published_at) },
            {
              key: "deeds",
              title: "",
              show: (it) => (
                <VersionDeeds
                  version={it}
                  isShown={it.number === document.number}
                  onOpen={() => setOpened(opened === it.number ? null : it.number)}
                  onCompare={() => setPair({ before: it.number - 1, after: it.number })}
                />
              ),
            },
          ]}
        />
      </section>
      {opened !== null && <Version id={document.id} number={opened} />}
      {pair && <Comparison id={document.id} pair={pair} onClose={() => setPair(null)} />}
      <Audit of={document.id} />
    </>
  );
}

interface VersionDeedsProps {
  version: PolicyVersionBriefOut;
  isShown: boolean;
  onOpen: () => void;
  onCompare: () => void;
}

function VersionDeeds({ version, isShown, onOpen, onCompare }: VersionDeedsProps) {
  const { t } = useTranslation("staff");
  return (
    <span className="page-deeds">
      {!isShown && (
        <Button size="small" onClick={onOpen}>
          {t("common.open")}
        </Button>
      )}
      {version.number > 1 && (
        <Button size="small" onClick={onCompare}>
          {t("publications.compare", { version: version.number - 1 })}
        </Button>
      )}
    </span>
  );
}

function DocumentDeeds({ document, told }: { document: PolicyDocumentOut; told: PolicyVersionBriefOut }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const fields = usePolicyFields();
  const begun = { ...told, body: document.body, source_note: document.source_note };
  return (
    <Deeds
      allowed={document.allowed_deeds}
      deeds={{
        revise: {
          consequence: t("publications.reviseSays"),
          fields: fields({ ...begun, in_force_from: "", in_force_to: "", change_note: "" }),
          run: async (values) => {
            const { data } = await draftPolicy({
              body: { policy_document_id: document.id, content: contentOf(values) },
              throwOnError: true,
            });
            await navigate({ to: `/policy-drafts/${data.id}` as never });
          },
        },
        repeal: {
          consequence: t("publications.repealSays"),
          isDanger: true,
          fields: [
            { name: "repealed_on", label: t("publications.repealedOn"), type: "date" },
            { name: "repeal_note", label: t("publications.repealNote"), type: "long" },
          ],
          run: (values) =>
            repealPolicyDocument({
              path: { document_id: document.id },
              body: { repealed_on: values.repealed_on ?? "", repeal_note: values.repeal_note ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

function Version({ id, number }: { id: string; number: number }) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("publications.versionIs", { version: number })}</h2>
      <Loaded options={getPolicyVersionOptions({ path: { document_id: id, number } })}>
        {(it) => <Paragraphs text={it.body} />}
      </Loaded>
    </section>
  );
}

interface ComparisonProps {
  id: string;
  pair: { before: number; after: number };
  onClose: () => void;
}

/** Two versions paragraph by paragraph; what differs is said in words and marked. */
function Comparison({ id, pair, onClose }: ComparisonProps) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("publications.compareTitle", pair)}</h2>
      <Loaded options={comparePolicyVersionsOptions({ path: { document_id: id }, query: pair })}>
        {(it) => (
          <>
            <p className="muted">{t("publications.changedCount", { count: it.changed })}</p>
            <Grid
              label={t("publications.compareTitle", pair)}
              rows={it.title.change === "same" ? it.paragraphs : [it.title, ...it.paragraphs]}
              keyOf={(_, index) => String(index)}
              columns={[
                {
                  key: "change",
                  title: "",
                  show: (each) => (
                    <span className={`change ${each.change}`}>{t(`publications.changeIs.${each.change}`)}</span>
                  ),
                },
                { key: "before", title: t("publications.before"), show: (each) => each.before ?? "—" },
                { key: "after", title: t("publications.after"), show: (each) => each.after ?? "—" },
              ]}
            />
          </>
        )}
      </Loaded>
      <Button onClick={onClose}>{t("publications.hideCompare")}</Button>
    </section>
  );
}
