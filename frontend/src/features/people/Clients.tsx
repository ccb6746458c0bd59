import { App } from "antd";
import { useTranslation } from "react-i18next";
import { listMachineClientsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createMachineClient } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useProof } from "./proof.ts";
import { SCOPES, useScopeWord } from "./scopes.ts";

export function Clients() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const scoped = useScopeWord();
  const may = useMay();
  const { modal } = App.useApp();
  const proof = useProof();
  const create = async (it: Values): Promise<void> => {
    await proof.prove(it);
    const { data } = await createMachineClient({
      body: {
        name: it.name ?? "",
        is_test: it.is_test === "on",
        with_secret: it.is_test === "on",
        scopes: SCOPES.filter((scope) => it[scope] === "on"),
      },
      throwOnError: true,
    });
    modal.info({
      title: data.client_id,
      content: data.client_secret ? (
        <>
          <p>{t("clients.secretOnce")}</p>
          <code>{data.client_secret}</code>
        </>
      ) : (
        t("clients.keyNext")
      ),
    });
  };
  return (
    <>
      <PageHead title={t("menu.clients")} hint={t("clients.hint")}>
        <Deeds
          allowed={may("clients:create") ? ["create"] : []}
          deeds={{
            create: {
              label: t("clients.create"),
              fields: [
                { name: "name", label: field("name") },
                { name: "is_test", label: t("clients.isTest"), type: "check", initial: "on" },
                ...SCOPES.map((scope) => ({
                  name: scope,
                  label: scoped(scope),
                  type: "check" as const,
                  initial: "on",
                })),
                ...proof.fields,
              ],
              run: create,
            },
          }}
        />
      </PageHead>
      <List
        name="machine-clients"
        label={t("menu.clients")}
        options={(query) => listMachineClientsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/machine-clients/${it.id}`}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "client_id", title: t("clients.id"), show: (it) => <code>{it.client_id}</code> },
          { key: "is_test", title: t("clients.isTest"), show: (it) => word(String(it.is_test)) },
          { key: "used", title: t("clients.used"), show: (it) => instant(it.last_used_at) },
          { key: "state", title: field("state"), show: (it) => <State of={it.revoked_at ? "revoked" : "active"} /> },
        ]}
        empty={{ title: t("clients.none"), hint: t("clients.noneHint") }}
      />
    </>
  );
}
