import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsultationIn, ConsultationOut } from "@/api/staff/types.gen.ts";
import { FormDialog, type Values } from "@/ui/staff/FormDialog.tsx";
import type { Changed } from "@/ui/staff/overwriting.ts";
import { Rows } from "@/ui/staff/Rows.tsx";
import { useOwnCollege, useParties } from "./people.ts";

interface Props {
  title: string;
  change?: Changed<ConsultationOut>;
  send: (body: ConsultationIn, over?: ConsultationOut) => Promise<unknown>;
  onClose: () => void;
}

/** A consultation as it is written down, with the parties one below the other. */
export function ConsultationForm({ title, change, send, onClose }: Props) {
  const shown = change?.shown;
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const own = useOwnCollege();
  const parties = useParties();
  const [rows, setRows] = useState<Values[]>(() =>
    shown ? shown.parties.map((it) => ({ party_id: it.party_id })) : [{ party_id: "" }],
  );
  return (
    <FormDialog
      title={title}
      submit={t("common.save")}
      fields={[
        { name: "subject", label: t("consultations.subject"), initial: shown?.subject ?? "" },
        { name: "held_on", label: t("consultations.heldOn"), type: "date", initial: shown?.held_on ?? "" },
        {
          name: "college_id",
          label: t("consultations.college"),
          ...own,
          initial: shown ? (shown.college_id ?? "") : own.initial,
        },
        {
          name: "participants",
          label: t("consultations.participants"),
          type: "long",
          initial: shown?.participants ?? "",
        },
        {
          name: "minutes",
          label: t("consultations.minutes"),
          type: "long",
          isOptional: true,
          initial: shown?.minutes ?? "",
          hint: t("consultations.minutesHint"),
        },
      ]}
      run={async (values, over) => {
        await send(
          {
            subject: values.subject ?? "",
            held_on: values.held_on ?? "",
            college_id: values.college_id || null,
            participants: values.participants ?? "",
            minutes: values.minutes?.replaceAll("\r\n", "\n") || null,
            party_ids: rows.map((it) => it.party_id ?? ""),
          },
          over,
        );
        message.success(t("common.done", { deed: title }));
        await queryClient.invalidateQueries();
      }}
      change={change}
      onClose={onClose}
    >
      <Rows
        legend={t("consultations.parties")}
        fields={[{ name: "party_id", label: t("parties.name"), options: parties }]}
        rows={rows}
        onChange={setRows}
        fresh={{ party_id: "" }}
        add={t("consultations.addParty")}
      />
      {parties.length === 0 && <p className="muted">{t("consultations.partiesHint")}</p>}
    </FormDialog>
  );
}
