import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listCertificatesOptions, listOrganisationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { enterCertificate } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LEVELS } from "./levels.ts";

export function Certificates() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const enter = useEntering();
  const organisations = useOrganisations();
  const action = <Deeds allowed={may("certificates:manage") ? ["enter"] : []} deeds={{ enter }} />;
  return (
    <>
      <PageHead title={t("menu.certificates")}>{action}</PageHead>
      <List
        name="certificates"
        label={t("menu.certificates")}
        options={(query) => listCertificatesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/certificates/${it.id}`}
        filters={[
          { name: "text", label: t("list.text") },
          {
            name: "level",
            label: field("level"),
            options: LEVELS.map((value) => ({ value, label: word(`level_${value}`) })),
          },
          { name: "organisation_id", label: field("organisation"), options: organisations },
        ]}
        columns={[
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "organisation", title: field("organisation"), show: (it) => it.organisation.name },
          { key: "batch", title: field("batch"), show: (it) => it.batch ?? "—" },
          {
            key: "levels",
            title: field("level"),
            show: (it) => it.levels.map((level) => word(`level_${level.level}`)).join("、") || "—",
          },
        ]}
        empty={{ title: t("certificates.none"), hint: t("certificates.noneHint"), action }}
      />
    </>
  );
}

function useOrganisations(): { value: string; label: string }[] {
  const enabled = useMay()("organisations:read");
  const { data } = useQuery({ ...listOrganisationsOptions({ query: { page_size: 100 } }), enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
}

function useEntering(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const navigate = useNavigate();
  return {
    label: t("catalogue.enter"),
    consequence: t("catalogue.enterSays"),
    fields: [
      { name: "name", label: field("name"), hint: t("catalogue.nameHint") },
      { name: "organisation_id", label: field("organisation"), options: useOrganisations() },
      { name: "batch", label: field("batch"), isOptional: true },
      { name: "basis", label: field("basis"), hint: t("catalogue.basisHint") },
      ...LEVELS.map((level) => ({ name: level, label: word(`level_${level}`), type: "check" as const })),
    ],
    run: async (it) => {
      const { data } = await enterCertificate({
        body: {
          name: it.name ?? "",
          organisation_id: it.organisation_id ?? "",
          batch: it.batch || null,
          basis: it.basis ?? "",
          levels: LEVELS.filter((level) => it[level] === "on"),
        },
        throwOnError: true,
      });
      await navigate({ to: `/certificates/${data.id}` as never });
    },
  };
}
