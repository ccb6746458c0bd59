import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getConsultationOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  addToConsultation,
  changeConsultation,
  getConsultation,
  setFollowUp,
  signOffConsultation,
} from "@/api/staff/sdk.gen.ts";
import type { ConsultationOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { ConsultationForm } from "./ConsultationForm.tsx";
import { FollowUps } from "./FollowUps.tsx";
import { usePeople } from "./people.ts";

const LINES = { whiteSpace: "pre-wrap" } as const;

export function Consultation({ id }: { id: string }) {
  return (
    <Loaded options={getConsultationOptions({ path: { consultation_id: id } })}>{(it) => <Known it={it} />}</Loaded>
  );
}

function Known({ it }: { it: ConsultationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const people = usePeople({ collegeId: it.college_id });
  const to = { path: { consultation_id: it.id }, throwOnError: true } as const;
  return (
    <>
      <PageHead
        title={it.subject}
        state={<State of={it.state} as="guided" />}
        hint={`${it.held_on} · ${it.college_name ?? t("consultations.office")}`}
      >
        {it.allowed_deeds.includes("change") && <Edit it={it} />}
        <Deeds
          allowed={it.allowed_deeds}
          deeds={{
            sign_off: {
              label: t("consultations.signOff"),
              consequence: t("consultations.signOffSays"),
              run: () => signOffConsultation({ ...to, headers: ifMatch(it) }),
            },
            add: {
              label: t("consultations.add"),
              consequence: t("consultations.addSays"),
              fields: [{ name: "body", label: t("consultations.minutes"), type: "long" }],
              run: (values) =>
                addToConsultation({ ...to, body: { body: (values.body ?? "").replaceAll("\r\n", "\n") } }),
            },
            follow_up: {
              label: t("followUps.set"),
              consequence: t("followUps.setSays"),
              fields: [
                { name: "task", label: t("followUps.task") },
                { name: "owner_id", label: t("followUps.owner"), options: people, hint: t("followUps.ownerHint") },
                { name: "due_on", label: field("due_on"), type: "date" },
              ],
              run: (values) =>
                setFollowUp({
                  body: {
                    consultation_id: it.id,
                    task: values.task ?? "",
                    owner_id: values.owner_id ?? "",
                    due_on: values.due_on ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("consultations.parties"), it.parties.map((each) => each.name).join("、")],
            [t("consultations.participants"), it.participants],
          ]}
        />
      </section>
      <Minutes it={it} />
      <h2>{t("consultations.followUps")}</h2>
      <FollowUps consultationId={it.id} collegeId={it.college_id} />
      <Audit of={it.id} />
    </>
  );
}

/** The minutes as they are being written, or as they were signed off with what was added. */
function Minutes({ it }: { it: ConsultationOut }) {
  const { t } = useTranslation("staff");
  if (it.entries.length === 0) {
    return (
      <section className="panel">
        <h2>{t("consultations.minutes")}</h2>
        {it.minutes ? <p style={LINES}>{it.minutes}</p> : <p className="muted">{t("consultations.noMinutes")}</p>}
      </section>
    );
  }
  return it.entries.map((entry) => (
    <section className="panel" key={entry.number}>
      <h2>
        {entry.number === 1 ? t("consultations.signed") : t("consultations.addition", { number: entry.number - 1 })}
      </h2>
      <p style={LINES}>{entry.body}</p>
      <p className="muted">
        {entry.writer_name} · {instant(entry.written_at)}
      </p>
    </section>
  ));
}

function Edit({ it }: { it: ConsultationOut }) {
  const { t } = useTranslation("staff");
  // What was shown when the form was opened is what a change is checked against.
  const [opened, setOpened] = useState<ConsultationOut | null>(null);
  const to = { path: { consultation_id: it.id }, throwOnError: true } as const;
  return (
    <>
      <Button onClick={() => setOpened(it)}>{t("consultations.edit")}</Button>
      {opened && (
        <ConsultationForm
          title={t("consultations.edit")}
          change={{ shown: opened, read: async () => (await getConsultation(to)).data }}
          onClose={() => setOpened(null)}
          send={(body, over = opened) => changeConsultation({ ...to, headers: ifMatch(over), body })}
        />
      )}
    </>
  );
}
