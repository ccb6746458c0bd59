import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCorrespondenceOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { recordCorrespondence } from "@/api/staff/sdk.gen.ts";
import type { CorrespondenceIn } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useOwnCollege } from "./people.ts";

/** What was written and said between a party and us, and what waits for an answer. */
export function Letters({ partyId }: { partyId: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <>
      <RecordLetter partyId={partyId} />
      <List
        name="correspondence"
        label={t("parties.letters")}
        options={(query) => listCorrespondenceOptions({ query })}
        keyOf={(it) => it.id}
        fixed={{ party_id: partyId }}
        columns={[
          { key: "subject", title: t("parties.subject"), show: (it) => it.subject },
          {
            key: "direction",
            title: t("parties.direction"),
            show: (it) => `${word(it.direction, "guided")} · ${word(it.medium, "guided")}`,
          },
          { key: "sent", title: t("parties.sentOn"), show: (it) => it.sent_on },
          { key: "reference", title: t("parties.reference"), show: (it) => it.reference_number ?? "—" },
          { key: "summary", title: t("parties.summary"), show: (it) => it.summary },
          {
            key: "due",
            title: t("parties.answerDue"),
            show: (it) => (
              <>
                {it.answer_due_on ?? "—"} {it.is_unanswered && <State of="unanswered" as="guided" />}
              </>
            ),
          },
          { key: "answered", title: t("parties.answered"), show: (it) => it.answered_on ?? "—" },
        ]}
        empty={{ title: t("parties.noLetters"), hint: t("parties.noLettersHint") }}
      />
    </>
  );
}

function RecordLetter({ partyId }: { partyId: string }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const may = useMay();
  const own = useOwnCollege();
  const { data } = useQuery(listCorrespondenceOptions({ query: { party_id: partyId, page_size: 100 } }));
  const open = (data?.items ?? []).filter((it) => it.answered_by_id === null);
  return (
    <p className="page-deeds">
      <Deeds
        allowed={may("consultations:record") ? ["record"] : []}
        deeds={{
          record: {
            label: t("parties.record"),
            consequence: t("parties.recordSays"),
            fields: [
              {
                name: "direction",
                label: t("parties.direction"),
                options: useOptions(["outgoing", "incoming"], "guided"),
                initial: "outgoing",
              },
              {
                name: "medium",
                label: t("parties.medium"),
                options: useOptions(["letter", "mail", "call"], "guided"),
                initial: "letter",
              },
              { name: "sent_on", label: t("parties.sentOn"), type: "date" },
              { name: "subject", label: t("parties.subject") },
              { name: "reference_number", label: t("parties.reference"), isOptional: true },
              { name: "summary", label: t("parties.summary"), type: "long" },
              { name: "answer_due_on", label: t("parties.answerDue"), type: "date", isOptional: true },
              {
                name: "answers_id",
                label: t("parties.answers"),
                isOptional: true,
                options: open.map((it) => ({
                  value: it.id,
                  label: `${it.sent_on} ${word(it.direction, "guided")} ${it.subject}`,
                })),
              },
              { name: "college_id", label: t("consultations.college"), ...own },
            ],
            run: (it) =>
              recordCorrespondence({
                body: {
                  party_id: partyId,
                  college_id: it.college_id || null,
                  direction: it.direction as CorrespondenceIn["direction"],
                  medium: it.medium as CorrespondenceIn["medium"],
                  sent_on: it.sent_on ?? "",
                  subject: it.subject ?? "",
                  reference_number: it.reference_number || null,
                  summary: it.summary ?? "",
                  answer_due_on: it.answer_due_on || null,
                  answers_id: it.answers_id || null,
                },
                throwOnError: true,
              }),
          },
        }}
      />
    </p>
  );
}
