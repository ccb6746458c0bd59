import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getReissueOptions, listReissuesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmReissue, refuseReissue } from "@/api/staff/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function Reissues() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <PageHead title={t("awardPapers.reissues")} hint={t("awardPapers.reissuesHint")} />
      <List
        name="award-reissues"
        label={t("awardPapers.reissues")}
        options={(query) => listReissuesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/award-reissues/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: useOptions(["proposed", "issued", "refused"]) }]}
        columns={[
          { key: "old", title: t("awardPapers.oldNumber"), show: (it) => it.old_number },
          { key: "new", title: t("awardPapers.newNumber"), show: (it) => it.new_number ?? "—" },
          { key: "ground", title: t("awardPapers.ground"), show: (it) => word(it.ground) },
          { key: "at", title: field("proposed_at"), show: (it) => instant(it.proposed_at) },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("awardPapers.noReissues"), hint: t("awardPapers.noReissuesHint") }}
      />
    </>
  );
}

/** A wish for another paper; somebody else than who proposed it issues it. */
export function Reissue({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const to = { path: { reissue_id: id }, throwOnError: true } as const;
  return (
    <Loaded options={getReissueOptions({ path: { reissue_id: id } })}>
      {(it) => (
        <>
          <PageHead
            title={`${t("awardPapers.reissue")} ${it.old_number}`}
            state={<State of={it.state} />}
            hint={
              it.state === "proposed" && !it.allowed_deeds.includes("confirm")
                ? t("awardPapers.secondPerson")
                : word(it.ground)
            }
          >
            <Deeds
              allowed={it.allowed_deeds}
              deeds={{
                confirm: {
                  consequence: t("awardPapers.confirmSays", { number: it.old_number }),
                  run: () => confirmReissue(to),
                },
                refuse: {
                  consequence: t("awardPapers.refuseSays"),
                  isDanger: true,
                  fields: [{ name: "reason", label: field("reason"), type: "long" }],
                  run: (values) => refuseReissue({ ...to, body: { reason: values.reason ?? "" } }),
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <Facts
              facts={[
                [t("awardPapers.ground"), word(it.ground)],
                [t("awardPapers.rightName"), it.holder_name],
                [t("results.evidence"), it.evidence],
                [field("reason"), it.reason],
                [field("proposed_at"), instant(it.proposed_at)],
                [field("decided_at"), it.decided_at && instant(it.decided_at)],
                [t("awardPapers.decision"), it.decision_reason],
                [t("awardPapers.oldNumber"), it.old_number],
                [t("awardPapers.newNumber"), it.new_number],
                [t("awards.code"), it.new_verification_code && <code key="code">{it.new_verification_code}</code>],
              ]}
            />
            <p>
              <Link to={`/awards/${it.award_id}` as never}>{t("awardPapers.award")}</Link>
            </p>
          </section>
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}
