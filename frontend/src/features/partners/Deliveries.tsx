import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getWebhookDeliveryOptions, listWebhookDeliveriesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { replayWebhookDelivery } from "@/api/staff/sdk.gen.ts";
import type { WebhookEndpointOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useEventWord } from "@/ui/staff/events.ts";
import { useField } from "@/ui/staff/fields.ts";
import { useFocusBack } from "@/ui/staff/focus.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What became of each event on its way to one endpoint. */
export function Deliveries({ endpoint }: { endpoint: WebhookEndpointOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const said = useEventWord();
  const [looked, setLooked] = useState<string | null>(null);
  const path = { endpoint_id: endpoint.id };
  return (
    <>
      <List
        name="webhook-deliveries"
        label={t("hooks.deliveries")}
        options={(query) => listWebhookDeliveriesOptions({ path, query })}
        keyOf={(it) => it.id}
        filters={[{ name: "state", label: field("state"), options: useOptions(["waiting", "delivered", "failed"]) }]}
        columns={[
          { key: "what", title: t("hooks.event"), show: (it) => said(it.event_kind) },
          { key: "at", title: t("credits.at"), show: (it) => instant(it.created_at) },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
          { key: "attempts", title: t("hooks.attempts"), show: (it) => it.attempts, isNumber: true },
          { key: "next", title: t("hooks.next"), show: (it) => instant(it.next_attempt_at) },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <>
                <Button onClick={() => setLooked(it.id)}>{t("common.open")}</Button>{" "}
                <Deeds
                  allowed={endpoint.disabled_at === null ? ["replay"] : []}
                  deeds={{
                    replay: {
                      label: t("hooks.again"),
                      consequence: t("hooks.againSays"),
                      run: () => replayWebhookDelivery({ path: { ...path, delivery_id: it.id }, throwOnError: true }),
                    },
                  }}
                />
              </>
            ),
          },
        ]}
        empty={{ title: t("hooks.noDeliveries"), hint: t("hooks.noDeliveriesHint") }}
      />
      {looked && <Tries path={{ ...path, delivery_id: looked }} onClose={() => setLooked(null)} />}
    </>
  );
}

/** Every try at one delivery: what was answered, or why nothing was. */
function Tries({ path, onClose }: { path: { endpoint_id: string; delivery_id: string }; onClose: () => void }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const said = useEventWord();
  useFocusBack();
  const { data, error } = useQuery(getWebhookDeliveryOptions({ path }));
  return (
    <Modal open title={t("hooks.tries")} footer={null} onCancel={onClose} width={720}>
      {error !== null && <ProblemNote error={error} />}
      {!data && error === null && <Waiting />}
      {data && (
        <>
          <p>
            {said(data.delivery.event_kind)} · <code>{data.delivery.event_id}</code>
          </p>
          {data.attempts.length === 0 ? (
            <p className="muted">{t("hooks.noTries")}</p>
          ) : (
            <Grid
              label={t("hooks.tries")}
              rows={data.attempts}
              keyOf={(it) => it.attempted_at}
              columns={[
                { key: "at", title: t("credits.at"), show: (it) => instant(it.attempted_at) },
                {
                  key: "answer",
                  title: t("hooks.answer"),
                  show: (it) => (it.status === null ? word(`hook_${it.error}`) : `HTTP ${it.status}`),
                },
                { key: "ms", title: t("hooks.duration"), show: (it) => it.duration_ms, isNumber: true },
              ]}
            />
          )}
        </>
      )}
    </Modal>
  );
}
