import { App } from "antd";
import { useTranslation } from "react-i18next";
import { getPersonOptions, listPeopleOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  createPerson,
  disablePerson,
  enablePerson,
  grantRole,
  issuePasswordLink,
  removeSecondFactor,
  renamePerson,
  withdrawRole,
} from "@/api/staff/sdk.gen.ts";
import type { PersonOut, Role } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useProof } from "./proof.ts";

const ROLES = [
  "operator",
  "security_admin",
  "auditor",
  "registrar",
  "finance",
  "coordinator",
  "expert",
  "teacher",
  "org_staff",
];

function useRoleFields(): Field[] {
  const field = useField();
  const roles = useOptions(ROLES);
  const colleges = useColleges();
  return [
    { name: "role", label: field("role"), options: roles },
    { name: "college_id", label: field("college"), options: colleges, isOptional: true },
  ];
}

/** A role as the API takes it: within the caller's own institution, for a college where one was chosen. */
function useRoleOf(): (values: Values) => { role: Role; institution_id: string | null; college_id: string | null } {
  const me = useMe();
  return (values) => ({
    role: values.role as Role,
    institution_id: me.institution_id,
    college_id: values.college_id || null,
  });
}

export function People() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const roleFields = useRoleFields();
  const roleOf = useRoleOf();
  const proof = useProof();
  return (
    <>
      <PageHead title={t("menu.people")}>
        <Deeds
          allowed={may("people:create") ? ["create"] : []}
          deeds={{
            create: {
              label: t("people.create"),
              consequence: t("people.createSays"),
              fields: [
                { name: "username", label: field("username") },
                { name: "name", label: field("person") },
                ...roleFields,
                ...proof.fields,
              ],
              run: async (it) => {
                await proof.prove(it);
                await createPerson({
                  body: { username: it.username ?? "", name: it.name ?? "", roles: [roleOf(it)] },
                  throwOnError: true,
                });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="people"
        label={t("menu.people")}
        options={(query) => listPeopleOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/people/${it.id}`}
        filters={[{ name: "role", label: field("role"), options: useOptions(ROLES) }]}
        columns={[
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "username", title: field("username"), show: (it) => it.username },
          { key: "roles", title: field("role"), show: (it) => it.roles.map((role) => word(role.role)).join("、") },
          { key: "state", title: field("state"), show: (it) => <State of={it.disabled_at ? "disabled" : "active"} /> },
        ]}
        empty={{ title: t("people.none"), hint: t("people.noneHint") }}
      />
    </>
  );
}

export function Person({ id }: { id: string }) {
  return <Loaded options={getPersonOptions({ path: { person_id: id } })}>{(it) => <Known person={it} />}</Loaded>;
}

function Known({ person }: { person: PersonOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const { modal } = App.useApp();
  const roleFields = useRoleFields();
  const roleOf = useRoleOf();
  const proof = useProof();
  const to = { path: { person_id: person.id }, throwOnError: true } as const;
  const deeds = [
    may("people:rename") && "rename",
    may("roles:grant") && "grant",
    may("password_links:issue") && "link",
    may("people:disable") && (person.disabled_at ? "enable" : "disable"),
    may("second_factors:remove") && "remove_factor",
  ].filter((it) => typeof it === "string");
  const linked = async (values: Values): Promise<void> => {
    await proof.prove(values);
    const { data } = await issuePasswordLink(to);
    modal.info({
      title: t("people.link"),
      content: (
        <>
          <p>{t("people.linkOnce", { until: instant(data.expires_at) })}</p>
          <code>{`${location.origin}/password#${data.token}`}</code>
        </>
      ),
    });
  };
  return (
    <>
      <PageHead
        title={person.name}
        state={<State of={person.disabled_at ? "disabled" : "active"} />}
        hint={person.username}
      >
        <Deeds
          allowed={deeds}
          deeds={{
            rename: {
              label: t("people.rename"),
              fields: [{ name: "name", label: field("person"), initial: person.name }],
              run: (it) => renamePerson({ ...to, body: { name: it.name ?? "" } }),
            },
            grant: {
              label: t("people.grant"),
              consequence: t("people.grantSays"),
              fields: [...roleFields, ...proof.fields],
              run: async (it) => {
                await proof.prove(it);
                await grantRole({ ...to, body: roleOf(it) });
              },
            },
            link: { label: t("people.link"), consequence: t("people.linkSays"), fields: proof.fields, run: linked },
            disable: {
              label: t("people.disable"),
              consequence: t("people.disableSays"),
              isDanger: true,
              fields: proof.fields,
              run: async (it) => {
                await proof.prove(it);
                await disablePerson(to);
              },
            },
            enable: {
              label: t("people.enable"),
              fields: proof.fields,
              run: async (it) => {
                await proof.prove(it);
                await enablePerson(to);
              },
            },
            remove_factor: {
              label: t("people.removeFactor"),
              consequence: t("people.removeFactorSays"),
              isDanger: true,
              fields: proof.fields,
              run: async (it) => {
                await proof.prove(it);
                await removeSecondFactor(to);
              },
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("username"), person.username],
            [t("people.password"), person.has_password ? t("people.set") : t("people.unset")],
            [t("people.disabled"), instant(person.disabled_at)],
          ]}
        />
      </section>
      <Roles person={person} />
      <Audit of={person.id} />
    </>
  );
}

function Roles({ person }: { person: PersonOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const colleges = useColleges();
  const proof = useProof();
  return (
    <section className="panel">
      <h2>{t("people.roles")}</h2>
      <Grid
        label={t("people.roles")}
        rows={person.roles}
        keyOf={(it) => it.id}
        columns={[
          { key: "role", title: field("role"), show: (it) => word(it.role) },
          { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) },
          { key: "granted_at", title: t("people.granted"), show: (it) => instant(it.granted_at) },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <Deeds
                allowed={may("roles:withdraw") ? ["withdraw"] : []}
                deeds={{
                  withdraw: {
                    consequence: t("people.withdrawSays", { role: word(it.role), name: person.name }),
                    isDanger: true,
                    fields: proof.fields,
                    run: async (values) => {
                      await proof.prove(values);
                      await withdrawRole({ path: { person_id: person.id, role_id: it.id }, throwOnError: true });
                    },
                  },
                }}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
