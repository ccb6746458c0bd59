import { useTranslation } from "react-i18next";
import { getWebhookEndpointOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  changeWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  replayWebhookEvents,
  rotateWebhookSecret,
  testWebhookEndpoint,
} from "@/api/staff/sdk.gen.ts";
import type { WebhookEndpointOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useEventWord } from "@/ui/staff/events.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Deliveries } from "./Deliveries.tsx";
import { kindsIn, useKindFields, useSecret } from "./Endpoints.tsx";

export function Endpoint({ id }: { id: string }) {
  return (
    <Loaded options={getWebhookEndpointOptions({ path: { endpoint_id: id } })}>
      {(it) => <Known endpoint={it} />}
    </Loaded>
  );
}

function Known({ endpoint }: { endpoint: WebhookEndpointOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const said = useEventWord();
  const kindFields = useKindFields();
  const tell = useSecret();
  const to = { path: { endpoint_id: endpoint.id }, throwOnError: true } as const;
  const isOn = endpoint.disabled_at === null;
  return (
    <>
      <PageHead
        title={endpoint.description}
        state={<State of={isOn ? "active" : "disabled"} />}
        hint={<code>{endpoint.url}</code>}
      >
        <Deeds
          allowed={isOn ? ["test", "replay", "change", "rotate", "disable"] : ["enable", "change", "rotate"]}
          deeds={{
            test: {
              label: t("hooks.test"),
              consequence: t("hooks.testSays"),
              run: () => testWebhookEndpoint(to),
            },
            replay: {
              label: t("hooks.replay"),
              consequence: t("hooks.replaySays"),
              fields: [
                { name: "since", label: t("hooks.since"), type: "datetime-local" },
                { name: "until", label: t("hooks.until"), type: "datetime-local" },
              ],
              run: (it) =>
                replayWebhookEvents({ ...to, body: { since: `${it.since}:00+08:00`, until: `${it.until}:00+08:00` } }),
            },
            change: {
              label: t("common.edit"),
              consequence: t("hooks.changeSays"),
              fields: [
                { name: "url", label: t("hooks.url"), hint: t("hooks.urlHint"), initial: endpoint.url },
                { name: "description", label: t("hooks.description"), initial: endpoint.description },
                ...kindFields(endpoint.kinds),
              ],
              run: (it) =>
                changeWebhookEndpoint({
                  ...to,
                  body: { url: it.url ?? "", description: it.description ?? "", kinds: kindsIn(it) },
                }),
            },
            rotate: {
              label: t("hooks.rotate"),
              consequence: t("hooks.rotateSays"),
              run: async () => {
                const { data } = await rotateWebhookSecret(to);
                tell(data.secret, t("hooks.rotatedOnce", { until: instant(data.previous_valid_until) }));
              },
            },
            disable: {
              label: t("people.disable"),
              consequence: t("hooks.disableSays"),
              isDanger: true,
              run: () => disableWebhookEndpoint(to),
            },
            enable: {
              label: t("people.enable"),
              consequence: t("hooks.enableSays"),
              run: () => enableWebhookEndpoint(to),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [
              t("hooks.kinds"),
              endpoint.kinds.length === 0 ? t("hooks.all") : endpoint.kinds.map((kind) => said(kind)).join("、"),
            ],
            [t("clients.isTest"), word(String(endpoint.is_test))],
            [t("hooks.since"), instant(endpoint.created_at)],
            [t("hooks.failing"), instant(endpoint.failing_since)],
            [t("people.disabled"), instant(endpoint.disabled_at)],
            [t("hooks.why"), endpoint.disabled_reason ? word(`hook_${endpoint.disabled_reason}`) : "—"],
          ]}
        />
      </section>
      <section>
        <h2>{t("hooks.deliveries")}</h2>
        <Deliveries endpoint={endpoint} />
      </section>
      <Audit of={endpoint.id} />
    </>
  );
}
