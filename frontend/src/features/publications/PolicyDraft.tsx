import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getPolicyDraftOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changePolicyDraft, discardPolicyDraft, getPolicyDraft, publishPolicyDraft } from "@/api/staff/sdk.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { Paragraphs } from "./Marked.tsx";
import { contentOf, usePolicyFields } from "./policyFields.ts";
import "./publications.css";

/** A version that is being written, until it is published for good. */
export function PolicyDraft({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  const fields = usePolicyFields();
  const path = { draft_id: id };
  return (
    <Loaded options={getPolicyDraftOptions({ path })}>
      {(it) => (
        <>
          <PageHead
            title={it.title}
            state={<State of="draft" />}
            hint={
              it.follows === null
                ? t("publications.followsNew")
                : t("publications.follows", { version: it.follows + 1 })
            }
          >
            {it.allowed_deeds.includes("change") && (
              <Change
                shown={it}
                fields={fields}
                read={async () => (await getPolicyDraft({ path, throwOnError: true })).data}
                run={(shown, values) =>
                  changePolicyDraft({ path, headers: ifMatch(shown), body: contentOf(values), throwOnError: true })
                }
              />
            )}
            <Deeds
              allowed={it.allowed_deeds}
              deeds={{
                publish: {
                  consequence: t("publications.publishSays"),
                  run: async () => {
                    const { data } = await publishPolicyDraft({ path, headers: ifMatch(it), throwOnError: true });
                    await navigate({ to: `/policy-documents/${data.id}` as never });
                  },
                },
                discard: {
                  consequence: t("publications.discardSays"),
                  isDanger: true,
                  run: async () => {
                    await discardPolicyDraft({ path, throwOnError: true });
                    await navigate({ to: "/policy-documents" as never, search: { view: "drafts" } as never });
                  },
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <Facts
              facts={[
                [t("publications.issuingBody"), it.issuing_body],
                [t("publications.number"), it.document_number],
                [t("publications.levelOf"), t(`publications.level.${it.level}`)],
                [t("publications.kindOf"), t(`publications.kind.${it.kind}`)],
                [t("publications.issuedOn"), it.issued_on],
                [t("publications.from"), it.in_force_from],
                [t("publications.to"), it.in_force_to],
                [t("publications.change"), it.change_note],
                [t("publications.source"), it.source_note],
              ]}
            />
            <Paragraphs text={it.body} />
          </section>
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}
