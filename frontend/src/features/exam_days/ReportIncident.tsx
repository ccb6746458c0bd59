import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { getSeatingOptions, listIncidentCategoriesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { reportIncident } from "@/api/staff/sdk.gen.ts";
import type { Consequence, IncidentCategory, SittingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { currentLanguage } from "@/lib/i18n.ts";
import { faultsByField, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { localOf, momentOf } from "@/ui/staff/moments.ts";
import { allSeatsOptions } from "./seats.ts";

interface Props {
  id: string;
  sitting?: SittingOut;
  onClose: () => void;
}

/** What happened: its category says whom it concerns and what can follow, and what follows is spelled out. */
export function ReportIncident({ id, sitting, onClose }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay()("seats:read");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const kinds = useQuery({ ...listIncidentCategoriesOptions(), staleTime: 5 * 60_000 });
  const seats = useQuery({ ...allSeatsOptions(id), enabled: may });
  const seating = useQuery({ ...getSeatingOptions({ path: { sitting_id: id } }), enabled: may });
  const [category, setCategory] = useState<IncidentCategory | "">("");
  const [wished, setConsequence] = useState<Consequence | "">("");
  const [error, setError] = useState<unknown>(null);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const kind = kinds.data?.items.find((it) => it.category === category);
  const consequence = wished || kind?.usual_consequence;
  const rooms = sitting?.rooms ?? seating.data?.rooms ?? [];
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!category || !consequence) return;
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    setError(null);
    try {
      await reportIncident({
        path: { sitting_id: id },
        body: {
          category,
          consequence,
          minutes: consequence === "extends_time" ? Number(text("minutes")) : null,
          occurred_at: momentOf(text("occurred_at")),
          note: text("note"),
          registration_id: text("registration_id") || null,
          room_id: text("room_id") || null,
        },
        throwOnError: true,
      });
      message.success(t("common.done", { deed: t("days.report") }));
      onClose();
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <form className="reported" aria-label={t("days.report")} onSubmit={(event) => void send(event)}>
      <div className="both">
        <Labelled label={t("days.category")}>
          <select
            name="category"
            required
            value={category}
            onChange={(event) => {
              setCategory(event.target.value as IncidentCategory);
              setConsequence("");
            }}
          >
            <Options
              of={(kinds.data?.items ?? []).map((it) => ({ value: it.category, label: it.name[currentLanguage()] }))}
            />
          </select>
        </Labelled>
        {kind && (
          <Labelled label={t("days.consequenceTitle")} fault={faults.consequence}>
            <select
              name="consequence"
              value={consequence ?? ""}
              onChange={(event) => setConsequence(event.target.value as Consequence)}
            >
              <Options
                empty={null}
                of={kind.possible_consequences.map((it) => ({
                  value: it,
                  label:
                    it === kind.usual_consequence
                      ? `${t(`days.short.${it}`)}（${t("days.usual")}）`
                      : t(`days.short.${it}`),
                }))}
              />
            </select>
          </Labelled>
        )}
        {consequence === "extends_time" && (
          <Labelled label={t("days.minutes")} fault={faults.minutes}>
            <input name="minutes" type="number" min={1} required defaultValue={15} />
          </Labelled>
        )}
        {kind?.of_a_candidate && (
          <Labelled label={t("days.candidate")} fault={faults.registration_id}>
            <select name="registration_id" required>
              <Options
                of={(seats.data ?? []).map((it) => ({
                  value: it.registration_id,
                  label: `${it.room_name} ${it.number} · ${it.name}（${it.admission_number}）`,
                }))}
              />
            </select>
          </Labelled>
        )}
        {kind && !kind.of_a_candidate && (
          <Labelled label={field("room")} fault={faults.room_id}>
            <select name="room_id">
              <Options empty={t("days.wholeSitting")} of={rooms.map((it) => ({ value: it.room_id, label: it.name }))} />
            </select>
          </Labelled>
        )}
        <Labelled label={t("days.occurredAt")} fault={faults.occurred_at}>
          <input name="occurred_at" type="datetime-local" required defaultValue={localOf(new Date().toISOString())} />
        </Labelled>
      </div>
      <Labelled label={t("days.note")} fault={faults.note} hint={t("days.noteHint")}>
        <textarea name="note" rows={3} required />
      </Labelled>
      {consequence && <p className="consequence">{t(`days.consequence.${consequence}`)}</p>}
      {error !== null && <ProblemNote error={error} />}
      <p className="page-deeds">
        <Button type="primary" htmlType="submit">
          {t("days.report")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </p>
    </form>
  );
}
