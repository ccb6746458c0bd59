import { useTranslation } from "react-i18next";
import type { PolicyContentIn, PolicyKind, PolicyLevel } from "@/api/staff/types.gen.ts";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";

const KINDS: readonly PolicyKind[] = ["notice", "measures", "rules", "plan", "standard", "opinions", "other"];
const LEVELS: readonly PolicyLevel[] = ["national", "provincial", "institution"];

export function usePolicyOptions() {
  const { t } = useTranslation("staff");
  return {
    kinds: KINDS.map((value) => ({ value, label: t(`publications.kind.${value}`) })),
    levels: LEVELS.map((value) => ({ value, label: t(`publications.level.${value}`) })),
  };
}

type Begun = { [name in keyof PolicyContentIn]?: string | null };

/** The fields a version is written with. */
export function usePolicyFields(): (begun?: Begun) => Field[] {
  const { t } = useTranslation("staff");
  const { kinds, levels } = usePolicyOptions();
  return (begun = {}) => [
    { name: "title", label: t("publications.title"), initial: begun.title ?? "" },
    { name: "issuing_body", label: t("publications.issuingBody"), initial: begun.issuing_body ?? "" },
    {
      name: "document_number",
      label: t("publications.number"),
      isOptional: true,
      initial: begun.document_number ?? "",
    },
    { name: "kind", label: t("publications.kindOf"), options: kinds, initial: begun.kind ?? "measures" },
    { name: "level", label: t("publications.levelOf"), options: levels, initial: begun.level ?? "institution" },
    { name: "issued_on", label: t("publications.issuedOn"), type: "date", initial: begun.issued_on ?? "" },
    { name: "in_force_from", label: t("publications.from"), type: "date", initial: begun.in_force_from ?? "" },
    {
      name: "in_force_to",
      label: t("publications.to"),
      type: "date",
      isOptional: true,
      initial: begun.in_force_to ?? "",
    },
    {
      name: "body",
      label: t("publications.body"),
      type: "long",
      hint: t("publications.bodyHint"),
      initial: begun.body ?? "",
    },
    {
      name: "source_note",
      label: t("publications.source"),
      type: "long",
      isOptional: true,
      initial: begun.source_note ?? "",
    },
    {
      name: "change_note",
      label: t("publications.change"),
      type: "long",
      isOptional: true,
      initial: begun.change_note ?? "",
    },
  ];
}

export function contentOf(values: Values): PolicyContentIn {
  return {
    title: values.title ?? "",
    issuing_body: values.issuing_body ?? "",
    document_number: values.document_number || null,
    kind: values.kind as PolicyKind,
    level: values.level as PolicyLevel,
    issued_on: values.issued_on ?? "",
    in_force_from: values.in_force_from ?? "",
    in_force_to: values.in_force_to || null,
    body: values.body ?? "",
    source_note: values.source_note || null,
    change_note: values.change_note || null,
  };
}
