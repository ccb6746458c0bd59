import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listConsultationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { recordConsultation } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { ConsultationForm } from "./ConsultationForm.tsx";
import { useParties } from "./people.ts";

export function Consultations() {
  const { t } = useTranslation("staff");
  const field = useField();
  const action = <RecordConsultation />;
  return (
    <>
      <PageHead title={t("menu.consultations")} hint={t("consultations.hint")}>
        {action}
      </PageHead>
      <ConsultationList
        filters={[
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "party_id", label: t("consultations.parties"), options: useParties() },
          { name: "state", label: field("state"), options: useOptions(["draft", "signed_off"], "guided") },
        ]}
      />
    </>
  );
}

interface ListOf {
  partyId?: string;
  filters?: readonly { name: string; label: string; options: readonly { value: string; label: string }[] }[];
}

/** The consultations of everybody, or with one party. */
export function ConsultationList({ partyId, filters }: ListOf) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <List
      name="consultations"
      label={t("menu.consultations")}
      options={(query) => listConsultationsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/consultations/${it.id}`}
      fixed={partyId ? { party_id: partyId } : undefined}
      {...(filters && { filters })}
      columns={[
        { key: "subject", title: t("consultations.subject"), show: (it) => it.subject },
        { key: "held", title: t("consultations.heldOn"), show: (it) => it.held_on },
        {
          key: "parties",
          title: t("consultations.parties"),
          show: (it) => it.parties.map((each) => each.name).join("、"),
        },
        {
          key: "college",
          title: t("consultations.college"),
          show: (it) => it.college_name ?? t("consultations.office"),
        },
        {
          key: "follow",
          title: `${t("consultations.followUps")}：${t("consultations.openOfAll")}`,
          show: (it) => `${it.open_follow_ups} / ${it.follow_ups}`,
          isNumber: true,
        },
        {
          key: "state",
          title: field("state"),
          show: (it) => (
            <>
              <State of={it.state} as="guided" /> {it.overdue_follow_ups > 0 && <State of="overdue" as="guided" />}
            </>
          ),
        },
      ]}
      empty={{ title: t("consultations.none"), hint: t("consultations.noneHint") }}
    />
  );
}

function RecordConsultation() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!may("consultations:record")) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t("consultations.record")}
      </Button>
      {isOpen && (
        <ConsultationForm
          title={t("consultations.record")}
          onClose={() => setOpen(false)}
          send={async (body) => {
            const { data } = await recordConsultation({ body, throwOnError: true });
            await navigate({ to: `/consultations/${data.id}` as never });
          }}
        />
      )}
    </>
  );
}
