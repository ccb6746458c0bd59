import { App } from "antd";
import { useTranslation } from "react-i18next";
import { listWebhookEndpointsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createWebhookEndpoint } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { KINDS, useEventWord } from "@/ui/staff/events.ts";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** A field for each kind; what was chosen is read by `kindsIn`. */
export function useKindFields(): (chosen: readonly string[]) => readonly Field[] {
  const said = useEventWord();
  return (chosen) =>
    KINDS.map((kind) => ({
      name: kind,
      label: said(kind),
      type: "check",
      initial: chosen.includes(kind) ? "on" : "",
    }));
}

export const kindsIn = (values: Values) => KINDS.filter((kind) => values[kind] === "on");

/** A secret that is told once: whoever closes this without keeping it has to rotate it. */
export function useSecret(): (secret: string, says: string) => void {
  const { t } = useTranslation("staff");
  const { modal } = App.useApp();
  return (secret, says) => {
    modal.info({
      title: t("hooks.secret"),
      content: (
        <>
          <p>{says}</p>
          <code className="secret">{secret}</code>
        </>
      ),
      okText: t("hooks.kept"),
    });
  };
}

/** Where the organisation's events are sent. */
export function Endpoints() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const kindFields = useKindFields();
  const tell = useSecret();
  return (
    <>
      <PageHead title={t("menu.hooks")} hint={t("hooks.hint")}>
        <Deeds
          allowed={may("webhooks:manage") ? ["create"] : []}
          deeds={{
            create: {
              label: t("hooks.create"),
              consequence: t("hooks.createSays"),
              fields: [
                { name: "url", label: t("hooks.url"), hint: t("hooks.urlHint") },
                { name: "description", label: t("hooks.description") },
                { name: "is_test", label: t("hooks.isTest"), type: "check" },
                ...kindFields([]),
              ],
              run: async (it) => {
                const { data } = await createWebhookEndpoint({
                  body: {
                    url: it.url ?? "",
                    description: it.description ?? "",
                    is_test: it.is_test === "on",
                    kinds: kindsIn(it),
                  },
                  throwOnError: true,
                });
                tell(data.secret, t("hooks.secretOnce"));
              },
            },
          }}
        />
      </PageHead>
      <List
        name="webhook-endpoints"
        label={t("menu.hooks")}
        options={(query) => listWebhookEndpointsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/webhook-endpoints/${it.id}`}
        columns={[
          { key: "description", title: t("hooks.description"), show: (it) => it.description },
          { key: "url", title: t("hooks.url"), show: (it) => <code>{it.url}</code> },
          {
            key: "kinds",
            title: t("hooks.kinds"),
            show: (it) => (it.kinds.length === 0 ? t("hooks.all") : t("hooks.some", { count: it.kinds.length })),
          },
          { key: "is_test", title: t("clients.isTest"), show: (it) => word(String(it.is_test)) },
          { key: "failing", title: t("hooks.failing"), show: (it) => instant(it.failing_since) },
          { key: "state", title: field("state"), show: (it) => <State of={it.disabled_at ? "disabled" : "active"} /> },
        ]}
        empty={{ title: t("hooks.none"), hint: t("hooks.noneHint") }}
      />
    </>
  );
}
