import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rearrangeSeats } from "@/api/staff/sdk.gen.ts";
import type { PlaceOut, SeatingOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";

const SHOWN = 20;

/** Who would have to move, asked of the service before anybody is moved. */
export function MovePreview({ id, seating }: { id: string; seating: SeatingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { data, error } = useQuery({
    queryKey: ["moves", id, seating.revision],
    gcTime: 0,
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const to = {
        path: { sitting_id: id },
        query: { validate_only: true },
        headers: ifMatch(seating),
        signal,
      } as const;
      return (await rearrangeSeats({ ...to, throwOnError: true })).data;
    },
  });
  if (error) return <ProblemNote error={error} />;
  if (!data) return t("days.reckoning");
  const place = (it: PlaceOut | null): string => (it ? `${it.room_code} · ${it.number}` : "—");
  return (
    <>
      {t("days.rearrangeSays", { stayed: data.stayed, seated: data.seated, moved: data.moved, removed: data.removed })}
      {data.changes.length > 0 && (
        <Grid
          label={t("days.moves")}
          rows={data.changes.slice(0, SHOWN)}
          keyOf={(it) => it.registration_id}
          columns={[
            { key: "number", title: field("admission_number"), show: (it) => it.admission_number },
            { key: "was", title: t("days.was"), show: (it) => place(it.was) },
            { key: "now", title: t("days.now"), show: (it) => place(it.now) },
          ]}
        />
      )}
    </>
  );
}
