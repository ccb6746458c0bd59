import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Steps } from "antd";
import { useTranslation } from "react-i18next";
import { getFeeCeilingOptions, getFeeStandardOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  agreeFeeStandard,
  approveFeeStandard,
  publishFeeStandard,
  refuseFeeStandard,
  rejectFeeStandard,
  withdrawFeeStandard,
} from "@/api/staff/sdk.gen.ts";
import type { FeeStandardOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, share, yuan } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const WAY = ["proposed", "agreed", "approved", "published"];
/** What was in force once went the whole way; what was refused or taken back stopped on it. */
const AT: Record<string, number> = { superseded: 3, refused: 1, withdrawn: 1, suspended: 3 };

export function Standard({ id }: { id: string }) {
  return (
    <Loaded options={getFeeStandardOptions({ path: { standard_id: id } })}>{(it) => <Known standard={it} />}</Loaded>
  );
}

function Known({ standard }: { standard: FeeStandardOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const levels = useLevels();
  const state = standard.state;
  const stopped = state === "refused" || state === "withdrawn" || state === "suspended";
  return (
    <>
      <PageHead
        title={`${nameIn(levels, standard.certificate_level_id)} · ${yuan(standard.fee_fen)}`}
        state={<State of={state} />}
        hint={`${word(standard.exam_form)} · ${standard.province}`}
      >
        <Deeds allowed={standard.allowed_deeds} deeds={useDeeds(standard)} />
      </PageHead>
      <section className="panel">
        <Steps
          current={AT[state] ?? WAY.indexOf(state)}
          status={stopped ? "error" : state === "published" ? "finish" : "process"}
          items={WAY.map((it) => ({
            title: it === "proposed" ? t("fees.proposed") : word(it),
            content: reachedAt(standard, it),
          }))}
        />
      </section>
      {standard.reason && <p className="consequence">{standard.reason}</p>}
      <section className="panel">
        <Facts
          facts={[
            [t("fees.fee"), yuan(standard.fee_fen)],
            [t("fees.ceiling"), <Ceiling key="ceiling" standard={standard} />],
            [t("fees.share"), share(standard.fee_fen, standard.ceiling_fen).split(" ")[0]],
            [t("fees.cost"), <Cost key="cost" standard={standard} />],
            [t("fees.side"), word(standard.side, "payer")],
            [field("category"), standard.category],
            [field("basis"), standard.basis],
            [field("effective_from"), standard.effective_from],
            [field("effective_to"), standard.effective_to],
            [t("fees.endedOn"), standard.ended_on],
          ]}
        />
      </section>
      <Audit of={standard.id} />
    </>
  );
}

function reachedAt(standard: FeeStandardOut, state: string): string {
  const at: Record<string, string | null> = {
    agreed: standard.agreed_at,
    approved: standard.approved_at,
    published: standard.published_at,
  };
  return at[state] ? instant(at[state]) : "";
}

function Ceiling({ standard }: { standard: FeeStandardOut }) {
  const enabled = useMay()("fee_ceilings:read");
  const { data } = useQuery({ ...getFeeCeilingOptions({ path: { ceiling_id: standard.ceiling_id } }), enabled });
  return (
    <>
      {[yuan(standard.ceiling_fen), data && `${data.document_number}（${data.issuing_body}）`]
        .filter(Boolean)
        .join(" · ")}
    </>
  );
}

function Cost({ standard }: { standard: FeeStandardOut }) {
  const may = useMay();
  if (!standard.cost_sheet_id || !may("cost_sheets:read")) return <>{yuan(standard.cost_fen)}</>;
  return <Link to={`/cost-sheets/${standard.cost_sheet_id}` as never}>{yuan(standard.cost_fen)}</Link>;
}

function useDeeds(standard: FeeStandardOut) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = {
    path: { standard_id: standard.id },
    headers: ifMatch(standard),
    throwOnError: true,
  } as const;
  const reason = [{ name: "reason", label: field("reason"), type: "long" }] as const;
  const fee = yuan(standard.fee_fen);
  return {
    agree: { consequence: t("fees.agreeSays", { fee }), run: () => agreeFeeStandard(to) },
    approve: { consequence: t("fees.approveSays", { fee }), run: () => approveFeeStandard(to) },
    publish: {
      consequence: t("fees.publishSays", { fee, from: standard.effective_from }),
      run: () => publishFeeStandard(to),
    },
    refuse: {
      consequence: t("fees.refuseSays"),
      isDanger: true,
      fields: reason,
      run: (it: Record<string, string>) => refuseFeeStandard({ ...to, body: { reason: it.reason ?? "" } }),
    },
    reject: {
      consequence: t("fees.rejectSays"),
      isDanger: true,
      fields: reason,
      run: (it: Record<string, string>) => rejectFeeStandard({ ...to, body: { reason: it.reason ?? "" } }),
    },
    withdraw: {
      consequence: t("fees.withdrawSays"),
      isDanger: true,
      fields: reason,
      run: (it: Record<string, string>) => withdrawFeeStandard({ ...to, body: { reason: it.reason ?? "" } }),
    },
  };
}
