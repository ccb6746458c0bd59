/** What is asked about, in the address: the dashboard hands it on to the rows behind each number. */

import type { Figure } from "@/api/staff/types.gen.ts";
import type { Filter } from "@/ui/staff/FilterBar.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useCertificates, useColleges, useLevels, useProgrammes } from "@/ui/staff/names.ts";
import type { Search } from "@/ui/staff/url.ts";

export const FIGURES = [
  "candidates",
  "attended",
  "judged",
  "passed",
  "student_candidates",
  "certificates",
  "students",
  "accounts",
  "credits_recognised",
  "credits_pending",
  "credits_converted",
  "conversions",
  "guarantees",
  "guarantees_used",
] as const satisfies readonly Figure[];

export const ABOUT = [
  "college_id",
  "programme_id",
  "certificate_id",
  "certificate_level_id",
  "organisation_id",
  "month_from",
  "month_to",
] as const;

/** Keep of an address what the API knows to ask about. */
export function aboutOf(search: Search): Partial<Record<(typeof ABOUT)[number], string>> {
  return Object.fromEntries(ABOUT.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
}

export function useAbout(from: string, to: string): Filter[] {
  const field = useField();
  return [
    { name: "college_id", label: field("college"), options: useColleges() },
    { name: "programme_id", label: field("programme"), options: useProgrammes() },
    { name: "certificate_id", label: field("certificate"), options: useCertificates() },
    { name: "certificate_level_id", label: field("level"), options: useLevels() },
    { name: "month_from", label: `${from} (YYYY-MM)` },
    { name: "month_to", label: `${to} (YYYY-MM)` },
  ];
}
