/** What is chosen from in the forms of this area; each list is asked for once. */

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  listCertificateCategoriesOptions,
  listOrganisationsOptions,
  listSeedTeachersOptions,
  listTeachersOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { type Choice, useColleges } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";

export const KINDS = ["teach", "examine"] as const;

const LONG = { staleTime: 60_000 };

export function useCategories(): Choice[] {
  const enabled = useMay()("seed_teachers:read");
  const { data } = useQuery({ ...listCertificateCategoriesOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
}

export function useTiers(): Choice[] {
  const word = useWords();
  return ["1", "2", "3"].map((value) => ({ value, label: word(`level_${value}`) }));
}

/** Codes with this area's words. */
export function useOwnOptions(codes: readonly string[]): Choice[] {
  const word = useWords();
  return codes.map((value) => ({ value, label: word(value, "qualification") }));
}

export function useTeachers(collegeId?: string): Choice[] {
  const enabled = useMay()("teachers:read");
  const query = { is_active: true, page_size: 100, ...(collegeId && { college_id: collegeId }) };
  const { data } = useQuery({ ...listTeachersOptions({ query }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.staff_number}）` }));
}

/** Seed teachers whose term runs, by name, category and tier. */
export function useActiveSeeds(): Choice[] {
  const word = useWords();
  const { data } = useQuery({ ...listSeedTeachersOptions({ query: { state: "active", page_size: 100 } }), ...LONG });
  return (data?.items ?? []).map((it) => ({
    value: it.id,
    label: `${it.teacher_name} · ${it.category_name} · ${word(`level_${it.tier}`)}`,
  }));
}

/** Who may be a member: one of a college, an organisation, and a partner by name. */
export function useMemberFields(): Field[] {
  const { t } = useTranslation("staff");
  const word = useWords();
  const enabled = useMay()("organisations:read");
  const { data } = useQuery({ ...listOrganisationsOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  const organisations = (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
  return [
    { name: "college_id", label: word("college", "qualification"), options: useColleges(), isOptional: true },
    {
      name: "organisation_id",
      label: word("organisation", "qualification"),
      options: organisations,
      isOptional: true,
    },
    { name: "partner_name", label: t("quals.partner"), isOptional: true, hint: t("quals.oneOfThree") },
  ];
}

/** The lines of a text that say something. */
export function linesOf(text: string | undefined): string[] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
