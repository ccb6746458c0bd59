import { useTranslation } from "react-i18next";
import { getResultUploadOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmResultUpload, refuseResultUpload } from "@/api/staff/sdk.gen.ts";
import type { ResultUploadOut } from "@/api/staff/types.gen.ts";
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

const COUNTS = ["accepted", "corrected", "unchanged", "quarantined", "rejected"] as const;
const DOWNSTREAM = [
  "awards_issued",
  "awards_revoked",
  "deposits_posted",
  "deposits_pending",
  "credit_deposited",
] as const;

export function Upload({ id }: { id: string }) {
  return <Loaded options={getResultUploadOptions({ path: { upload_id: id } })}>{(it) => <Known upload={it} />}</Loaded>;
}

function Known({ upload }: { upload: ResultUploadOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const to = { path: { upload_id: upload.id }, throwOnError: true } as const;
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const preview = upload.preview;
  return (
    <>
      <PageHead
        title={t("results.uploaded", { rows: upload.rows })}
        state={<State of={upload.state} />}
        hint={upload.reason}
      >
        <Deeds
          allowed={upload.allowed_deeds}
          deeds={{
            confirm: {
              consequence: t("results.confirmUploadSays", {
                accepted: preview?.accepted ?? 0,
                corrected: preview?.corrected ?? 0,
                awards: preview?.downstream.awards_issued ?? 0,
              }),
              fields: [reason],
              run: (it) => confirmResultUpload({ ...to, body: { reason: it.reason ?? "" } }),
            },
            refuse: {
              consequence: t("results.refuseUploadSays"),
              isDanger: true,
              fields: [reason],
              run: (it) => refuseResultUpload({ ...to, body: { reason: it.reason ?? "" } }),
            },
          }}
        />
        <LinkButton to={`/result-uploads/new?exam_plan_id=${upload.exam_plan_id}`}>{t("results.sendFixed")}</LinkButton>
      </PageHead>
      {upload.state === "waiting" && !upload.allowed_deeds.includes("confirm") && (
        <p className="consequence">{t("results.secondPerson")}</p>
      )}
      {preview && (
        <>
          <h2>{t("results.rehearsal")}</h2>
          <div className="tiles">
            {COUNTS.map((name) => (
              <div key={name} className={preview[name] > 0 ? "tile" : "tile calm"}>
                <strong>{preview[name]}</strong>
                <span>{word(name)}</span>
              </div>
            ))}
          </div>
          {preview.refusals.length > 0 && (
            <section className="panel">
              <h2>{t("results.badRows")}</h2>
              <Grid
                label={t("results.badRows")}
                rows={preview.refusals}
                keyOf={(it) => String(it.row)}
                columns={[
                  { key: "row", title: t("imports.row"), show: (it) => it.row, isNumber: true },
                  { key: "column", title: t("imports.column"), show: (it) => <code>{it.column ?? "—"}</code> },
                  { key: "outcome", title: t("imports.outcome"), show: (it) => <State of={it.outcome} /> },
                  { key: "detail", title: t("imports.fault"), show: (it) => it.detail ?? "—" },
                  { key: "code", title: t("imports.code"), show: (it) => <code>{it.code}</code> },
                ]}
              />
            </section>
          )}
          <section className="panel">
            <h2>{t("results.downstream")}</h2>
            <Facts facts={DOWNSTREAM.map((name) => [word(name), preview.downstream[name]] as const)} />
          </section>
        </>
      )}
      <section className="panel">
        <Facts
          facts={[
            [field("uploaded_at"), instant(upload.uploaded_at)],
            [field("decided_at"), instant(upload.decided_at)],
            [t("results.decidedReason"), upload.decided_reason],
          ]}
        />
      </section>
      <Audit of={upload.id} />
    </>
  );
}
