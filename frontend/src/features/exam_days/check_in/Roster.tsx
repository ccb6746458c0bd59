import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { listAttendances } from "@/api/staff/sdk.gen.ts";
import type { AttendanceOut, Claim, ListedCandidateOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";
import type { Sending } from "./sending.ts";

const OFTEN_MS = 5000;

interface Props {
  candidates: readonly ListedCandidateOut[];
  sittingId: string;
  sending: Sending;
  onRecord: (claim: Claim, candidate: ListedCandidateOut) => void;
}

/** The room's list in the order of its seats, each with one key for there and one for not there. */
export function Roster({ candidates, sittingId, sending, onRecord }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const known = useAttendances(sittingId);
  const stateOf = (it: ListedCandidateOut): string => {
    if (sending.waiting.some(({ check_in }) => check_in.registration_id === it.registration_id)) return "to_send";
    const told = sending.told.find(({ outcome }) => outcome.registration_id === it.registration_id);
    return known.get(it.registration_id) ?? told?.outcome.attendance ?? "unrecorded";
  };
  return (
    <Grid
      label={t("days.rosterLabel")}
      rows={candidates.toSorted((one, other) => one.number - other.number)}
      keyOf={(it) => it.registration_id}
      columns={[
        { key: "name", title: field("person"), show: (it) => it.name },
        { key: "seat", title: field("seat"), show: (it) => it.number, isNumber: true },
        { key: "number", title: field("admission_number"), show: (it) => it.admission_number },
        { key: "document", title: field("document"), show: (it) => it.masked_document_number },
        { key: "state", title: field("state"), show: (it) => <State of={stateOf(it)} /> },
        {
          key: "deeds",
          title: field("deeds"),
          show: (it) => (
            <span className="page-deeds">
              <Button aria-label={`${t("days.present")} ${it.name}`} onClick={() => onRecord("present", it)}>
                {t("days.present")}
              </Button>
              <Button aria-label={`${t("days.absent")} ${it.name}`} onClick={() => onRecord("absent", it)}>
                {t("days.absent")}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

/** What all devices together have recorded so far, as long as there is a network. */
function useAttendances(sittingId: string): ReadonlyMap<string, string> {
  const enabled = useMay()("attendance:read");
  const { data } = useQuery({
    queryKey: ["all-attendances", sittingId],
    enabled,
    refetchInterval: OFTEN_MS,
    queryFn: async ({ signal }) => {
      const found: AttendanceOut[] = [];
      let token: string | null = null;
      do {
        const { data: page }: { data: { items: AttendanceOut[]; next_page_token: string | null } } =
          await listAttendances({
            path: { sitting_id: sittingId },
            query: { page_size: 100, ...(token === null ? {} : { page_token: token }) },
            signal,
            throwOnError: true,
          });
        found.push(...page.items);
        token = page.next_page_token;
      } while (token);
      return found;
    },
  });
  return new Map((data ?? []).map((it) => [it.registration_id, it.state]));
}
