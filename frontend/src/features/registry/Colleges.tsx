import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getCollegeOptions, listCollegesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeCollege, createCollege, getCollege, removeCollege } from "@/api/staff/sdk.gen.ts";
import type { CollegeOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { ifMatch } from "@/lib/http.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useRemoval } from "./removal.ts";

function useFields(): readonly Field[] {
  const field = useField();
  return [
    { name: "code", label: field("code") },
    { name: "name", label: field("name") },
  ];
}

export function Colleges() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const keyFor = useIdempotency();
  const fields = useFields();
  return (
    <>
      <PageHead title={t("menu.colleges")}>
        <Deeds
          allowed={may("colleges:write") ? ["create"] : []}
          deeds={{
            create: {
              fields,
              run: (it) => {
                const body = { code: it.code ?? "", name: it.name ?? "" };
                return createCollege({ body, headers: keyFor(body), throwOnError: true });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="colleges"
        label={t("menu.colleges")}
        options={(query) => listCollegesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/colleges/${it.id}`}
        filters={[{ name: "text", label: t("list.text") }]}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
        ]}
        empty={{ title: t("registry.none"), hint: t("registry.noneHint") }}
      />
    </>
  );
}

export function College({ id }: { id: string }) {
  return <Loaded options={getCollegeOptions({ path: { college_id: id } })}>{(it) => <Known college={it} />}</Loaded>;
}

function Known({ college: it }: { college: CollegeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const fields = useFields();
  const to = { path: { college_id: it.id }, throwOnError: true } as const;
  const remove = useRemoval(it.name, it.code, () => removeCollege({ ...to, headers: ifMatch(it) }), "/colleges");
  return (
    <>
      <PageHead title={it.name} hint={it.code}>
        {may("colleges:write") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={({ code, name }) => ({ code, name })}
            read={async () => (await getCollege(to)).data}
            change={({ code, name }, shown) =>
              changeCollege({ ...to, body: { code: code ?? "", name: name ?? "" }, headers: ifMatch(shown) })
            }
          />
        )}
        <Deeds allowed={may("colleges:write") ? ["remove"] : []} deeds={{ remove }} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("code"), it.code],
            [field("name"), it.name],
          ]}
        />
        <p>
          <Link to={`/programmes?college_id=${it.id}` as never}>{t("menu.programmes")}</Link>{" "}
          <Link to={`/teachers?college_id=${it.id}` as never}>{t("menu.teachers")}</Link>{" "}
          <Link to={`/students?college_id=${it.id}` as never}>{t("menu.students")}</Link>
        </p>
      </section>
      <Audit of={it.id} />
    </>
  );
}
