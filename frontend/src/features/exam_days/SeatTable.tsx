import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { listSeatsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExamSeatOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { download } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { useField } from "@/ui/staff/fields.ts";
import type { Column } from "@/ui/staff/Grid.tsx";
import { type Asked, List } from "@/ui/staff/List.tsx";

/** The same seats as rows, each with its ticket. */
export function SeatTable({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const { message } = App.useApp();
  const ticket = (seat: ExamSeatOut): void => {
    download(`/v1/registrations/${seat.registration_id}/ticket`, `${seat.admission_number}.pdf`).catch(
      (error: unknown) => message.error(problemOf(error).detail || t("list.exportFailed")),
    );
  };
  const tickets: Column<ExamSeatOut>[] = may("tickets:read")
    ? [
        {
          key: "ticket",
          title: t("planning.ticket"),
          show: (it) => (
            <Button aria-label={t("days.ticketOf", { name: it.name })} onClick={() => ticket(it)}>
              PDF
            </Button>
          ),
        },
      ]
    : [];
  const columns: Column<ExamSeatOut>[] = [
    { key: "room", title: field("room"), show: (it) => it.room_name },
    { key: "seat", title: field("seat"), show: (it) => it.number, isNumber: true },
    { key: "name", title: field("person"), show: (it) => it.name },
    { key: "admission_number", title: field("admission_number"), show: (it) => it.admission_number },
    { key: "college", title: field("college"), show: (it) => it.college_name },
    { key: "class_name", title: field("class_name"), show: (it) => it.class_name ?? t("planning.social") },
    ...tickets,
  ];
  return (
    <List
      name="seats"
      label={t("exams.seating")}
      options={(query: Asked) => listSeatsOptions({ path: { sitting_id: id }, query })}
      keyOf={(it) => it.registration_id}
      columns={columns}
      empty={{ title: t("exams.noSeats"), hint: t("days.noSeatsHint") }}
    />
  );
}
