import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getLatestCheckpointOptions, listCheckpointsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { proveConsistency } from "@/api/staff/sdk.gen.ts";
import type { CheckpointOut } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { isConsistent } from "@/ui/staff/merkle.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";

/** The tamper-evident log: its seals, and the proof that nothing sealed before was changed since. */
export function Logs() {
  const { t } = useTranslation("staff");
  const me = useMe();
  const [search] = useUrlState();
  const log = search.log ?? me.institution_id ?? "platform";
  return (
    <>
      <PageHead title={t("menu.logs")} hint={t("log.hint")} />
      <section className="panel">
        <h2>{t("log.latest")}</h2>
        <Loaded options={getLatestCheckpointOptions({ path: { log } })}>
          {(it) => (
            <>
              <p>{t("log.sealed", { at: instant(it.sealed_at), size: it.size })}</p>
              <Facts
                facts={[
                  [t("log.root"), <code key="root">{it.root}</code>],
                  [t("log.key"), <code key="key">{it.verifier_key}</code>],
                ]}
              />
              <details>
                <summary>{t("log.note")}</summary>
                <p>{t("log.noteSays")}</p>
                <pre className="wrap">{it.checkpoint}</pre>
              </details>
            </>
          )}
        </Loaded>
      </section>
      <section>
        <h2>{t("log.seals")}</h2>
        <List
          name="checkpoints"
          label={t("log.seals")}
          options={(query) => listCheckpointsOptions({ path: { log }, query })}
          keyOf={(it) => String(it.number)}
          columns={[
            { key: "number", title: t("log.number"), show: (it) => it.number },
            { key: "at", title: t("log.sealedAt"), show: (it) => instant(it.sealed_at) },
            { key: "size", title: t("log.size"), show: (it) => it.size, isNumber: true },
            { key: "root", title: t("log.root"), show: (it) => <code>{it.root.slice(0, 16)}…</code> },
            { key: "proof", title: t("log.proof"), show: (it) => <Unchanged log={log} seal={it} /> },
          ]}
          empty={{ title: t("log.none"), hint: t("log.noneHint") }}
        />
      </section>
    </>
  );
}

/** Whether what this seal held is the beginning of what the newest one holds, checked here. */
function Unchanged({ log, seal }: { log: string; seal: CheckpointOut }) {
  const { t } = useTranslation("staff");
  const [asks, setAsks] = useState(false);
  const latest = useQuery({ ...getLatestCheckpointOptions({ path: { log } }), enabled: asks });
  const second = latest.data?.size ?? 0;
  const answer = useQuery({
    queryKey: ["unchanged", log, seal.size, second],
    enabled: asks && second > 0,
    queryFn: async ({ signal }) => {
      const query = { first: seal.size, second };
      const { data } = await proveConsistency({ path: { log }, query, signal, throwOnError: true });
      // The root shown here must be the one that was proven, not whichever the proof brings along.
      return data.first_root === seal.root && (await isConsistent(data));
    },
  });
  if (answer.error) return <ProblemNote error={answer.error} />;
  if (answer.data === undefined) {
    return (
      <Button loading={asks} onClick={() => setAsks(true)}>
        {t("log.prove")}
      </Button>
    );
  }
  return (
    <span role="status">
      {answer.data ? `✓ ${t("log.unchanged", { at: instant(latest.data?.sealed_at) })}` : `✗ ${t("log.broken")}`}
    </span>
  );
}
