import { useTranslation } from "react-i18next";
import { listSocialParticipantsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  enrolSocialParticipantFile,
  enrolSocialParticipants,
  recordSocialAttendance,
  withdrawSocialParticipant,
} from "@/api/staff/sdk.gen.ts";
import type { DocumentKind, SocialClassOut, SocialGroup, SocialParticipantOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { useChosen } from "@/ui/staff/choice.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { LoadTable } from "@/ui/staff/LoadTable.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { hoursOf, tenthsOf } from "./hours.ts";

const GROUPS = ["enterprise_employee", "key_employment", "low_income"];
const DOCUMENTS = [
  "resident_identity_card",
  "passport",
  "hong_kong_macao_permit",
  "taiwan_permit",
  "foreign_resident_card",
];

/** Who takes part in a class, with hours, result, exam and certificate. */
export function Participants({ class: of }: { class: SocialClassOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const chosen = useChosen<SocialParticipantOut>();
  const records = of.allowed_deeds.includes("record_attendance");
  const enrols = of.allowed_deeds.includes("enrol");
  return (
    <>
      <h2>{t("social.people")}</h2>
      {enrols && <AddPerson class={of} />}
      {records && chosen.rows.length > 0 && (
        <ForChosen count={chosen.rows.length}>
          <Attendance class={of} people={chosen.rows} done={chosen.clear} />
        </ForChosen>
      )}
      <List
        name="social-participants"
        label={t("social.people")}
        options={(query) => listSocialParticipantsOptions({ path: { class_id: of.id }, query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "social_group", label: t("social.group"), options: useOptions(GROUPS) },
          {
            name: "state",
            label: field("state"),
            options: [
              { value: "enrolled", label: word("in_class") },
              { value: "withdrawn", label: word("left_class") },
            ],
          },
        ]}
        columns={[
          { key: "name", title: t("social.person"), show: (it) => it.name },
          { key: "document", title: t("social.document"), show: (it) => it.masked_document_number },
          { key: "group", title: t("social.group"), show: (it) => word(it.social_group) },
          { key: "employer", title: t("social.employer"), show: (it) => it.employer ?? "—" },
          { key: "attended", title: t("social.attended"), show: (it) => hoursOf(it.attended_tenths), isNumber: true },
          {
            key: "result",
            title: t("social.result"),
            show: (it) => (it.result ? <State of={`class_${it.result}`} /> : "—"),
          },
          { key: "admission", title: t("social.admission"), show: (it) => it.exam?.admission_number ?? "—" },
          { key: "award", title: t("social.award"), show: (it) => it.exam?.award_number ?? "—" },
          { key: "award_state", title: field("state"), show: (it) => <PersonState of={it} /> },
          { key: "deeds", title: field("deeds"), show: (it) => <Leave person={it} /> },
        ]}
        choice={records ? chosen.choice : undefined}
        empty={{ title: t("social.noPeople"), hint: t("social.noPeopleHint") }}
      />
      {enrols && (
        <LoadTable
          title={t("social.load")}
          hint={t("social.loadHint")}
          template={{ path: "/v1/social-participant-template", file: "participants.xlsx" }}
          send={async (table, validate_only) =>
            (
              await enrolSocialParticipantFile({
                ...table,
                path: { class_id: of.id },
                query: { validate_only },
                throwOnError: true,
              })
            ).data
          }
          preview={(it) => t("social.loadSays", { added: it.added, rejoined: it.rejoined })}
        />
      )}
    </>
  );
}

function PersonState({ of: it }: { of: SocialParticipantOut }) {
  if (it.state === "withdrawn") return <State of="left_class" />;
  return it.exam?.award_state ? <State of={it.exam.award_state} /> : <State of="in_class" />;
}

function AddPerson({ class: of }: { class: SocialClassOut }) {
  const { t } = useTranslation("staff");
  const keyFor = useIdempotency();
  const groups = useOptions(GROUPS);
  const kinds = useOptions(DOCUMENTS);
  return (
    <div className="page-deeds">
      <Deeds
        allowed={of.taken < of.places ? ["add"] : []}
        deeds={{
          add: {
            label: t("social.add"),
            consequence: t("social.addSays"),
            fields: [
              { name: "name", label: t("social.person") },
              {
                name: "document_kind",
                label: t("social.documentKind"),
                options: kinds,
                initial: "resident_identity_card",
              },
              { name: "document_number", label: t("social.document"), hint: t("social.documentHint") },
              { name: "social_group", label: t("social.group"), options: groups },
              { name: "employer", label: t("social.employer"), hint: t("social.employerHint"), isOptional: true },
              {
                name: "consented_on",
                label: t("social.consentedOn"),
                type: "date",
                hint: t("social.consentHint"),
                initial: today(),
              },
            ],
            run: (it) => {
              const body = {
                participants: [
                  {
                    name: it.name ?? "",
                    document_kind: it.document_kind as DocumentKind,
                    document_number: it.document_number ?? "",
                    social_group: it.social_group as SocialGroup,
                    employer: it.employer || null,
                    consented_on: it.consented_on ?? "",
                  },
                ],
              };
              return enrolSocialParticipants({
                path: { class_id: of.id },
                body,
                headers: keyFor(body),
                throwOnError: true,
              });
            },
          },
        }}
      />
    </div>
  );
}

interface AttendanceProps {
  class: SocialClassOut;
  people: readonly SocialParticipantOut[];
  done: () => void;
}

/** Hours and a result for everybody who is chosen. */
function Attendance({ class: of, people, done }: AttendanceProps) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const results = [
    { value: "passed", label: word("class_passed") },
    { value: "failed", label: word("class_failed") },
  ];
  return (
    <Deeds
      allowed={["record"]}
      deeds={{
        record: {
          label: t("social.recordFor", { count: people.length }),
          consequence: t("social.recordSays", { hours: hoursOf(of.hours_tenths) }),
          fields: people.flatMap((it) => [
            {
              name: `hours_${it.id}`,
              label: `${it.name} ${t("social.attended")}`,
              initial: hoursOf(it.attended_tenths || of.hours_tenths),
            },
            {
              name: `result_${it.id}`,
              label: `${it.name} ${t("social.result")}`,
              options: results,
              initial: it.result ?? "",
              isOptional: true,
            },
          ]),
          run: async (values) => {
            await recordSocialAttendance({
              path: { class_id: of.id },
              body: {
                rows: people.map((it) => ({
                  participant_id: it.id,
                  attended_tenths: tenthsOf(values[`hours_${it.id}`]),
                  result: (values[`result_${it.id}`] || null) as "passed" | "failed" | null,
                })),
              },
              throwOnError: true,
            });
            done();
          },
        },
      }}
    />
  );
}

function Leave({ person }: { person: SocialParticipantOut }) {
  const { t } = useTranslation("staff");
  return (
    <Deeds
      allowed={person.allowed_deeds}
      deeds={{
        withdraw: {
          label: t("social.leave"),
          consequence: t("social.leaveSays"),
          isDanger: true,
          fields: [{ name: "reason", label: t("social.reason"), type: "long" }],
          run: (values) =>
            withdrawSocialParticipant({
              path: { participant_id: person.id },
              body: { reason: values.reason ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}
