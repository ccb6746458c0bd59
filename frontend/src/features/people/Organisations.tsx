import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getOrganisationOptions, listOrganisationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeOrganisation, deleteOrganisation, enterOrganisation, getOrganisation } from "@/api/staff/sdk.gen.ts";
import type { OrganisationOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";

function useFields(): (it: OrganisationOut | null) => readonly Field[] {
  const { t } = useTranslation("staff");
  const field = useField();
  return (it) => [
    { name: "name", label: field("name"), initial: it?.name ?? "" },
    {
      name: "credit_code",
      label: t("organisations.code"),
      hint: t("organisations.codeHint"),
      initial: it?.credit_code ?? "",
      isOptional: true,
    },
  ];
}

/** The training and evaluation organisations of the platform. */
export function Organisations() {
  const { t } = useTranslation("staff");
  const field = useField();
  const fields = useFields();
  const may = useMay();
  return (
    <>
      <PageHead title={t("menu.organisations")} hint={t("organisations.hint")}>
        <Deeds
          allowed={may("organisations:manage") ? ["enter"] : []}
          deeds={{
            enter: {
              label: t("organisations.enter"),
              consequence: t("organisations.enterSays"),
              fields: fields(null),
              run: (it) =>
                enterOrganisation({
                  body: { name: it.name ?? "", credit_code: it.credit_code || null },
                  throwOnError: true,
                }),
            },
          }}
        />
      </PageHead>
      <List
        name="organisations"
        label={t("menu.organisations")}
        options={(query) => listOrganisationsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/organisations/${it.id}`}
        filters={[{ name: "text", label: field("name") }]}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "code", title: t("organisations.code"), show: (it) => it.credit_code ?? t("organisations.noCode") },
        ]}
        empty={{ title: t("organisations.none"), hint: t("organisations.noneHint") }}
      />
    </>
  );
}

export function Organisation({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const fields = useFields();
  const router = useRouter();
  const may = useMay()("organisations:manage");
  const path = { organisation_id: id };
  return (
    <Loaded options={getOrganisationOptions({ path })}>
      {(it) => (
        <>
          <PageHead title={it.name}>
            {may && (
              <Change
                shown={it}
                fields={fields}
                consequence={t("organisations.changeSays")}
                run={(shown, values) =>
                  changeOrganisation({
                    path,
                    headers: ifMatch(shown),
                    body: { name: values.name ?? "", credit_code: values.credit_code || null },
                    throwOnError: true,
                  })
                }
                read={async () => (await getOrganisation({ path, throwOnError: true })).data}
              />
            )}
            <Deeds
              allowed={may ? ["remove"] : []}
              deeds={{
                remove: {
                  label: t("common.remove"),
                  consequence: t("organisations.removeSays"),
                  isDanger: true,
                  typed: it.name,
                  run: async () => {
                    await deleteOrganisation({ path, headers: ifMatch(it), throwOnError: true });
                    await router.navigate({ to: "/organisations" as never });
                  },
                },
              }}
            />
          </PageHead>
          <section className="panel">
            <Facts
              facts={[
                [field("name"), it.name],
                [t("organisations.code"), it.credit_code],
              ]}
            />
          </section>
          <Audit of={id} />
        </>
      )}
    </Loaded>
  );
}
