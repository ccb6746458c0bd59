import { useTranslation } from "react-i18next";
import { getMachineClientOptions, listClientKeysOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  addClientKey,
  approveClientKey,
  changeMachineClient,
  getMachineClient,
  revokeClientKey,
  revokeMachineClient,
} from "@/api/staff/sdk.gen.ts";
import type { MachineClientOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Feed } from "./Feed.tsx";
import { useProof } from "./proof.ts";
import { SCOPES, useScopeWord } from "./scopes.ts";

export function Client({ id }: { id: string }) {
  return (
    <Loaded options={getMachineClientOptions({ path: { client_id: id } })}>{(it) => <Known client={it} />}</Loaded>
  );
}

function Known({ client }: { client: MachineClientOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const scoped = useScopeWord();
  const may = useMay();
  const proof = useProof();
  const path = { client_id: client.id };
  const deeds = client.revoked_at
    ? []
    : [may("client_keys:add") ? "add_key" : "", may("clients:revoke") ? "revoke" : ""].filter(Boolean);
  return (
    <>
      <PageHead
        title={client.name}
        state={<State of={client.revoked_at ? "revoked" : "active"} />}
        hint={<code>{client.client_id}</code>}
      >
        {!client.revoked_at && may("clients:change") && <Edit client={client} />}
        <Deeds
          allowed={deeds}
          deeds={{
            add_key: {
              label: t("clients.addKey"),
              consequence: t("clients.addKeySays"),
              fields: [
                { name: "public_jwk", label: t("clients.jwk"), type: "long", hint: t("clients.jwkHint") },
                { name: "not_before", label: t("clients.notBefore"), type: "datetime-local", isOptional: true },
                { name: "not_after", label: t("clients.notAfter"), type: "datetime-local", isOptional: true },
                {
                  name: "rotation_proof",
                  label: t("clients.rotationProof"),
                  hint: t("clients.rotationProofHint"),
                  type: "long",
                  isOptional: true,
                },
                ...proof.fields,
              ],
              run: async (it) => {
                await proof.prove(it);
                await addClientKey({
                  path,
                  body: {
                    public_jwk: keyIn(it.public_jwk ?? "", t("clients.notJson")),
                    not_before: it.not_before ? `${it.not_before}:00+08:00` : null,
                    not_after: it.not_after ? `${it.not_after}:00+08:00` : null,
                    rotation_proof: it.rotation_proof || null,
                  },
                  throwOnError: true,
                });
              },
            },
            revoke: {
              label: t("clients.revoke"),
              consequence: t("clients.revokeSays"),
              isDanger: true,
              typed: client.client_id,
              fields: proof.fields,
              run: async (it) => {
                await proof.prove(it);
                await revokeMachineClient({ path, throwOnError: true });
              },
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("clients.id"), <code key="id">{client.client_id}</code>],
            [t("clients.scopes"), client.scopes.map((scope) => scoped(scope)).join("、")],
            [t("clients.isTest"), word(String(client.is_test))],
            [t("clients.secret"), word(String(client.has_secret))],
            [t("clients.signed"), word(String(client.signature_required))],
            [t("clients.used"), instant(client.last_used_at)],
          ]}
        />
      </section>
      <Keys client={client} />
      {may("webhooks:manage") && <Feed client={client} />}
      <Audit of={client.id} />
    </>
  );
}

function Keys({ client }: { client: MachineClientOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const proof = useProof();
  const path = { client_id: client.id };
  return (
    <section className="panel">
      <h2>{t("clients.keys")}</h2>
      <Loaded options={listClientKeysOptions({ path })}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="muted">{t("clients.noKeys")}</p>
          ) : (
            <Grid
              label={t("clients.keys")}
              rows={page.items}
              keyOf={(it) => it.id}
              columns={[
                { key: "kid", title: "kid", show: (it) => <code>{it.kid}</code> },
                { key: "from", title: field("effective_from"), show: (it) => instant(it.not_before) },
                { key: "to", title: field("effective_to"), show: (it) => instant(it.not_after) },
                { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
                {
                  key: "deeds",
                  title: field("deeds"),
                  show: (it) => (
                    <Deeds
                      allowed={
                        it.revoked_at
                          ? []
                          : [
                              !it.approved_at && may("client_keys:approve") ? "approve" : "",
                              may("clients:revoke") ? "revoke" : "",
                            ]
                      }
                      deeds={{
                        approve: {
                          fields: proof.fields,
                          run: async (values) => {
                            await proof.prove(values);
                            await approveClientKey({ path: { ...path, key_id: it.id }, throwOnError: true });
                          },
                        },
                        revoke: {
                          label: t("clients.revokeKey"),
                          consequence: t("clients.revokeKeySays"),
                          isDanger: true,
                          fields: proof.fields,
                          run: async (values) => {
                            await proof.prove(values);
                            await revokeClientKey({ path: { ...path, key_id: it.id }, throwOnError: true });
                          },
                        },
                      }}
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

/** What may be changed of a client: its name, what it may do, whether it must sign. */
function Edit({ client }: { client: MachineClientOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const scoped = useScopeWord();
  const path = { client_id: client.id };
  return (
    <Change
      shown={client}
      label={t("clients.change")}
      consequence={t("clients.changeSays")}
      fields={(it) => [
        { name: "name", label: field("name"), initial: it.name },
        ...SCOPES.map((scope) => ({
          name: scope,
          label: scoped(scope),
          type: "check" as const,
          initial: it.scopes.includes(scope) ? "on" : "",
        })),
        {
          name: "signature_required",
          label: t("clients.signed"),
          type: "check",
          initial: it.signature_required ? "on" : "",
        },
      ]}
      run={(it, values) =>
        changeMachineClient({
          path,
          headers: ifMatch(it),
          body: {
            name: values.name ?? "",
            scopes: SCOPES.filter((scope) => values[scope] === "on"),
            signature_required: values.signature_required === "on",
          },
          throwOnError: true,
        })
      }
      read={async () => (await getMachineClient({ path, throwOnError: true })).data}
    />
  );
}

/** The key that was pasted; what is no JSON is told beside its field, as the API would. */
function keyIn(text: string, says: string): Record<string, string> {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    throw {
      status: 422,
      code: "not_json",
      title: says,
      detail: says,
      errors: [{ pointer: "/public_jwk", code: "not_json", detail: says }],
    };
  }
}
