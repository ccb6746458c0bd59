/** The fields of a session, and what the API takes for what was entered. */

import { useTranslation } from "react-i18next";
import type { PilotSessionAudience, PilotSessionChange, PilotSessionMode } from "@/api/staff/types.gen.ts";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useOptions } from "@/ui/staff/names.ts";

export function useSessionFields(): Field[] {
  const { t } = useTranslation("staff");
  const modes = useOptions(["offline", "online", "blended"], "post");
  const audiences = useOptions(["both", "teachers", "students"], "post");
  return [
    { name: "subject", label: t("sessions.subject") },
    { name: "held_on", label: t("sessions.heldOn"), type: "date" },
    { name: "mode", label: t("sessions.mode"), options: modes, initial: "offline" },
    { name: "place", label: t("sessions.place"), isOptional: true, hint: t("sessions.placeHint") },
    { name: "audience", label: t("sessions.audience"), options: audiences, initial: "both" },
    { name: "speaker", label: t("sessions.speaker") },
    { name: "hours", label: t("sessions.hours"), type: "number", initial: "2" },
    { name: "summary", label: t("sessions.summary"), type: "long", isOptional: true },
    {
      name: "materials",
      label: t("sessions.materials"),
      type: "long",
      isOptional: true,
      hint: t("sessions.materialsHint"),
    },
  ];
}

export function sessionIn(it: Values): PilotSessionChange {
  const lines = (it.materials ?? "").split("\n").map((line) => line.trim());
  return {
    subject: it.subject ?? "",
    held_on: it.held_on ?? "",
    mode: (it.mode ?? "") as PilotSessionMode,
    place: it.place || null,
    audience: (it.audience ?? "") as PilotSessionAudience,
    speaker: it.speaker ?? "",
    hours: Number(it.hours),
    summary: it.summary || null,
    materials: lines.filter(Boolean).map((line) => {
      const at = line.lastIndexOf(" ");
      return { title: line.slice(0, at).trim() || line.slice(at + 1), url: line.slice(at + 1) };
    }),
  };
}
