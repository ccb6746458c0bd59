import { useTranslation } from "react-i18next";
import {
  getCertificateCategoryOptions,
  listCertificateCategoriesOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeCertificateCategory, createCertificateCategory, getCertificateCategory } from "@/api/staff/sdk.gen.ts";
import type { CertificateCategoryOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useCertificates } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";

const IN = "in:";

/** The certificates that are ticked. */
function chosen(values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(IN) && value === "on" ? [name.slice(IN.length)] : [],
  );
}

function useTicks(): Field[] {
  return useCertificates().map((it) => ({ name: `${IN}${it.value}`, label: it.label, type: "check" }));
}

const valuesOf = (it: CertificateCategoryOut): Values => ({
  name: it.name,
  ...Object.fromEntries(it.certificates.map((held) => [`${IN}${held.certificate_id}`, "on"])),
});

function NewCategory() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const ticks = useTicks();
  return (
    <Deeds
      allowed={may("certificate_categories:keep") ? ["create"] : []}
      deeds={{
        create: {
          label: t("quals.newCategory"),
          consequence: t("quals.moveSays"),
          fields: [{ name: "code", label: field("code") }, { name: "name", label: field("name") }, ...ticks],
          run: (it) =>
            createCertificateCategory({
              body: { code: it.code ?? "", name: it.name ?? "", certificate_ids: chosen(it) },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

/** The categories an institution sorts certificates into. */
export function Categories() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead title={t("quals.categories")} hint={t("quals.categoriesHint")}>
        <NewCategory />
      </PageHead>
      <List
        name="certificate-categories"
        label={t("quals.categories")}
        options={(query) => listCertificateCategoriesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/certificate-categories/${it.id}`}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          {
            key: "certificates",
            title: t("quals.inIt"),
            show: (it) => it.certificates.map((held) => held.certificate_name).join("、") || "—",
          },
          { key: "count", title: t("quals.count"), show: (it) => it.certificates.length, isNumber: true },
        ]}
        empty={{ title: t("quals.noCategories"), hint: t("quals.noCategoriesHint"), action: <NewCategory /> }}
      />
    </>
  );
}

/** One category, with its certificates. */
export function Category({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const ticks = useTicks();
  const to = { path: { category_id: id }, throwOnError: true } as const;
  return (
    <Loaded options={getCertificateCategoryOptions({ path: { category_id: id } })}>
      {(it) => (
        <>
          <PageHead title={it.name} hint={it.code}>
            {may("certificate_categories:keep") && (
              <EditButton
                it={it}
                consequence={t("quals.moveSays")}
                fields={[{ name: "name", label: field("name") }, ...ticks]}
                valuesOf={valuesOf}
                read={async () => (await getCertificateCategory(to)).data}
                change={(values, shown) =>
                  changeCertificateCategory({
                    ...to,
                    headers: ifMatch(shown),
                    body: { name: values.name ?? "", certificate_ids: chosen(values) },
                  })
                }
              />
            )}
          </PageHead>
          <section className="panel">
            <h2>{t("quals.inIt")}</h2>
            {it.certificates.length === 0 ? (
              <p className="muted">{t("quals.noCategoriesHint")}</p>
            ) : (
              <Grid
                label={t("quals.inIt")}
                rows={it.certificates}
                keyOf={(held) => held.certificate_id}
                to={(held) => `/certificates/${held.certificate_id}`}
                columns={[{ key: "name", title: field("certificate"), show: (held) => held.certificate_name }]}
              />
            )}
          </section>
          <Audit of={it.id} />
        </>
      )}
    </Loaded>
  );
}
