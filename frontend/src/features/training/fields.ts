import { useTranslation } from "react-i18next";
import type { TrainingProjectIn, TrainingProjectOut } from "@/api/staff/types.gen.ts";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useLevels, useOptions } from "@/ui/staff/names.ts";

export const ORIGINS = ["national", "provincial", "institution"];
export const MODES = ["online", "offline", "blended"];

/** What a project is drafted and changed with. */
export function useProjectFields(): Field[] {
  const { t } = useTranslation("staff");
  const field = useField();
  return [
    { name: "title", label: t("training.title") },
    { name: "origin", label: t("training.origin"), options: useOptions(ORIGINS, "train") },
    { name: "certificate_level_id", label: t("training.tier"), options: useLevels(), isOptional: true },
    { name: "scheme", label: t("training.scheme"), type: "long", hint: t("training.schemeHint") },
    { name: "document_number", label: field("document_number"), isOptional: true },
    { name: "mode", label: t("training.mode"), options: useOptions(MODES, "train") },
    { name: "venue", label: t("training.venue"), isOptional: true },
    { name: "hours", label: t("training.hours"), type: "number" },
    { name: "is_x_module", label: t("training.isModule"), type: "check", initial: "on" },
    { name: "places", label: t("training.places"), type: "number" },
    { name: "enrols_until", label: t("training.enrolsUntil"), type: "date" },
    { name: "starts_on", label: field("starts_on"), type: "date" },
    { name: "ends_on", label: field("ends_on"), type: "date" },
  ];
}

/** What a form of these fields sends; the organisation stays as it was. */
export function projectOf(it: Values, organisationId: string | null): TrainingProjectIn {
  return {
    title: it.title ?? "",
    origin: it.origin as TrainingProjectIn["origin"],
    organisation_id: organisationId,
    certificate_level_id: it.certificate_level_id || null,
    scheme: it.scheme ?? "",
    document_number: it.document_number || null,
    mode: it.mode as TrainingProjectIn["mode"],
    venue: it.venue || null,
    hours: Number(it.hours),
    is_x_module: it.is_x_module === "on",
    places: Number(it.places),
    enrols_until: it.enrols_until ?? "",
    starts_on: it.starts_on ?? "",
    ends_on: it.ends_on ?? "",
  };
}

export const valuesOf = (it: TrainingProjectOut): Values => ({
  title: it.title,
  origin: it.origin,
  certificate_level_id: it.certificate_level_id ?? "",
  scheme: it.scheme,
  document_number: it.document_number ?? "",
  mode: it.mode,
  venue: it.venue ?? "",
  hours: String(it.hours),
  is_x_module: it.is_x_module ? "on" : "",
  places: String(it.places),
  enrols_until: it.enrols_until,
  starts_on: it.starts_on,
  ends_on: it.ends_on,
});
