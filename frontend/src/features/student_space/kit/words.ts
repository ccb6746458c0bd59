/** Names of what the API tells by code; a code that is newer than this application is shown as it is. */

import { useTranslation } from "react-i18next";

type Kind =
  | "level"
  | "registrationState"
  | "objectionState"
  | "activity"
  | "grading"
  | "awardState"
  | "shareField"
  | "clientKind"
  | "accountState"
  | "entryKind"
  | "outcomeReason"
  | "conversionState"
  | "chainStep"
  | "category"
  | "missing"
  | "stage"
  | "guaranteeState"
  | "guaranteeDeed"
  | "payer"
  | "chargeState";

export function useWord(): (kind: Kind, code: string) => string {
  const { i18n } = useTranslation("student");
  return (kind, code) => {
    const found: unknown = i18n.getResource(i18n.language, "student", `${kind}.${code}`);
    return typeof found === "string" ? found : code;
  };
}

/** A text that the API gives in both languages. */
export function useBoth(): (both: { "zh-CN": string; en: string }) => string {
  const { i18n } = useTranslation();
  return (both) => (i18n.language === "en" ? both.en : both["zh-CN"]);
}
