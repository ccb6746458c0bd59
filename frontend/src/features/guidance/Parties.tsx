import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listOutsidePartiesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { enterOutsideParty } from "@/api/staff/sdk.gen.ts";
import type { OutsidePartyIn } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

const KINDS = ["authority", "association", "employer", "evaluation_organisation", "other"];

/** The fields of a party, with what they begin with. */
export function usePartyFields(): (shown?: OutsidePartyIn) => Field[] {
  const { t } = useTranslation("staff");
  const options = useOptions(KINDS, "guided");
  return (shown) => [
    { name: "name", label: t("parties.name"), initial: shown?.name ?? "" },
    { name: "kind", label: t("parties.kind"), options, initial: shown?.kind ?? "" },
    {
      name: "credit_code",
      label: t("parties.creditCode"),
      isOptional: true,
      hint: t("parties.creditCodeHint"),
      initial: shown?.credit_code ?? "",
    },
    { name: "remark", label: t("parties.remark"), type: "long", isOptional: true, initial: shown?.remark ?? "" },
  ];
}

export function partyOf(values: Values): OutsidePartyIn {
  return {
    name: values.name ?? "",
    kind: values.kind as OutsidePartyIn["kind"],
    credit_code: values.credit_code || null,
    remark: values.remark || null,
  };
}

export function Parties() {
  const { t } = useTranslation("staff");
  const word = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const fields = usePartyFields();
  const action = (
    <Deeds
      allowed={may("consultations:record") ? ["enter"] : []}
      deeds={{
        enter: {
          label: t("parties.enter"),
          fields: fields(),
          run: async (values) => {
            const { data } = await enterOutsideParty({ body: partyOf(values), throwOnError: true });
            await navigate({ to: `/outside-parties/${data.id}` as never });
          },
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.outsideParties")} hint={t("parties.hint")}>
        {action}
      </PageHead>
      <List
        name="outside-parties"
        label={t("menu.outsideParties")}
        options={(query) => listOutsidePartiesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/outside-parties/${it.id}`}
        filters={[
          { name: "name", label: t("parties.name") },
          { name: "kind", label: t("parties.kind"), options: useOptions(KINDS, "guided") },
        ]}
        columns={[
          { key: "name", title: t("parties.name"), show: (it) => it.name },
          { key: "kind", title: t("parties.kind"), show: (it) => word(it.kind, "guided") },
          { key: "consultations", title: t("parties.consultations"), show: (it) => it.consultations, isNumber: true },
          { key: "letters", title: t("parties.letters"), show: (it) => it.correspondence, isNumber: true },
          { key: "unanswered", title: t("parties.unanswered"), show: (it) => it.unanswered, isNumber: true },
          { key: "demands", title: t("parties.demands"), show: (it) => it.unmet_demands, isNumber: true },
        ]}
        empty={{ title: t("parties.none"), hint: t("parties.noneHint"), action }}
      />
    </>
  );
}
