import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getSecondFactorOptions, listSessionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  changePassword,
  confirmSecondFactor,
  endOtherSessions,
  endSession,
  enrolSecondFactor,
} from "@/api/staff/sdk.gen.ts";
import { useMe } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What is mine: who I am here, my password, my second factor, where I am signed in. */
export function Own() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const me = useMe();
  return (
    <>
      <PageHead title={t("menu.account")}>
        <Deeds
          allowed={["password"]}
          deeds={{
            password: {
              label: t("own.password"),
              consequence: t("own.passwordSays"),
              fields: [
                { name: "current_password", label: t("own.current"), type: "password" },
                { name: "new_password", label: t("own.new"), type: "password" },
              ],
              run: (it) =>
                changePassword({
                  body: { current_password: it.current_password ?? "", new_password: it.new_password ?? "" },
                  throwOnError: true,
                }),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("person"), me.name],
            [field("role"), me.roles.map((role) => word(role)).join("、")],
          ]}
        />
      </section>
      <SecondFactor />
      <Sessions />
    </>
  );
}

function SecondFactor() {
  const { t } = useTranslation("staff");
  const { modal } = App.useApp();
  const queryClient = useQueryClient();
  const me = useMe();
  const [uri, setUri] = useState<string | null>(null);
  const secret = uri ? new URL(uri).searchParams.get("secret") : null;
  const enrol = async (): Promise<void> => {
    const { data } = await enrolSecondFactor({ throwOnError: true });
    setUri(data.otpauth_uri);
  };
  const confirm = async (code: string): Promise<void> => {
    const { data } = await confirmSecondFactor({ body: { code }, throwOnError: true });
    modal.success({
      title: t("own.recovery"),
      content: (
        <>
          <p>{t("own.recoverySays")}</p>
          <ul>
            {data.recovery_codes.map((it) => (
              <li key={it}>
                <code>{it}</code>
              </li>
            ))}
          </ul>
        </>
      ),
    });
    await queryClient.invalidateQueries();
  };
  return (
    <section className="panel">
      <h2>{t("own.factor")}</h2>
      {me.owes.includes("enrol_second_factor") && <p className="consequence">{t("own.factorOwed")}</p>}
      <Loaded options={getSecondFactorOptions()}>
        {(it) =>
          it.confirmed_at ? (
            <p>{t("own.factorSince", { at: instant(it.confirmed_at), codes: it.recovery_codes })}</p>
          ) : (
            <Button type="primary" onClick={() => void enrol()}>
              {t("own.enrol")}
            </Button>
          )
        }
      </Loaded>
      {secret && (
        <FormDialog
          title={t("own.enrol")}
          consequence={
            <>
              {t("own.enrolSays")}
              <br />
              <code data-secret>{secret}</code>
              <br />
              <a href={uri ?? ""}>{t("own.openApp")}</a>
            </>
          }
          fields={[{ name: "code", label: t("own.code") }]}
          submit={t("own.confirm")}
          run={(values) => confirm(values.code ?? "")}
          onClose={() => setUri(null)}
        />
      )}
    </section>
  );
}

function Sessions() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("own.sessions")}</h2>
      <Loaded options={listSessionsOptions({ query: { page_size: 50 } })}>
        {(page) => (
          <>
            <Grid
              label={t("own.sessions")}
              rows={page.items}
              keyOf={(it) => it.id}
              columns={[
                {
                  key: "agent",
                  title: t("own.agent"),
                  show: (it) => `${it.agent}${it.is_current ? `（${t("own.here")}）` : ""}`,
                },
                { key: "address", title: field("address"), show: (it) => it.address },
                { key: "used", title: t("clients.used"), show: (it) => instant(it.last_used_at) },
                { key: "ends", title: field("effective_to"), show: (it) => instant(it.idle_ends_at) },
                {
                  key: "deeds",
                  title: field("deeds"),
                  show: (it) => (
                    <Deeds
                      allowed={it.is_current ? [] : ["end"]}
                      deeds={{
                        end: {
                          label: t("own.end"),
                          run: () => endSession({ path: { session_id: it.id }, throwOnError: true }),
                        },
                      }}
                    />
                  ),
                },
              ]}
            />
            <p>
              <Deeds
                allowed={page.items.length > 1 ? ["others"] : []}
                deeds={{
                  others: {
                    label: t("own.endOthers"),
                    consequence: t("own.endOthersSays"),
                    isDanger: true,
                    run: () => endOtherSessions({ throwOnError: true }),
                  },
                }}
              />
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
