/** Whom a post or a group can name: teachers of the register, and for the office other persons of the institution. */

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listPeopleOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Choice, useTeachers } from "@/ui/staff/names.ts";

const LONG = { staleTime: 5 * 60_000 };

/** Teachers and, for who sees them, persons: one list, each value with the kind it is of. */
export function useHolders(collegeId?: string | null): Choice[] {
  const { t } = useTranslation("staff");
  // Only the office names persons beside the register.
  const may = useMay();
  const enabled = may("people:read") && may("college_posts:appoint");
  const people = useQuery({ ...listPeopleOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  const teachers = useTeachers(collegeId);
  const persons = (people.data?.items ?? []).filter((it) => it.roles.some((held) => held.role !== "student"));
  return [
    ...teachers.map((it) => ({ value: `teacher:${it.value}`, label: `${t("posts.teacherPrefix")} ${it.label}` })),
    ...persons.map((it) => ({ value: `person:${it.id}`, label: `${t("posts.personPrefix")} ${it.name}` })),
  ];
}

/** What the API takes for a chosen value. */
export function holderIn(value: string | undefined): { teacher_id: string } | { person_id: string } {
  const [kind, id = ""] = (value ?? "").split(":");
  return kind === "person" ? { person_id: id } : { teacher_id: id };
}

/** The parts of each line that is not empty, by commas of either script. */
export function linesIn(text: string | undefined): string[][] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split(/[，,\t]/).map((part) => part.trim()));
}
