import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { confirmOwnRegistration, declineOwnOffer, takeOwnOffer, withdrawOwnRegistration } from "@/api/light/sdk.gen.ts";
import type { OwnRegistrationOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { NotFound } from "@/ui/light/NotFound.tsx";
import * as asks from "../kit/ask.ts";
import { Deed } from "../kit/Deed.tsx";
import { Facts } from "../kit/Facts.tsx";
import { Screen } from "../kit/Screen.tsx";
import { type Reached, Steps } from "../kit/Steps.tsx";
import { Tag } from "../kit/Tag.tsx";
import { registrationTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";
import { Place } from "./Place.tsx";
import { Ticket } from "./Ticket.tsx";

/** Few exams are charged before their day, so what says so comes after the rest. */
const Due = lazy(async () => ({ default: (await import("./Due.tsx")).Due }));

/** One registration: how far it is, what it says, what may be done about it. */
export function Registration({ registrationId }: { registrationId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const own = useSuspenseQuery(asks.registrations()).data.items.find((it) => it.id === registrationId);
  if (!own) return <NotFound />;
  return (
    <Screen title={own.certificate_name} back={{ to: "/m/exams", title: t("exams.title") }}>
      <p className="lead">{own.exam_name}</p>
      <Way own={own} />
      <div className="card">
        <Facts
          rows={[
            [
              t("exams.state"),
              <Tag key="state" tone={registrationTone(own.state)}>
                {word("registrationState", own.state)}
              </Tag>,
            ],
            [t("exams.certificate"), `${own.certificate_name} · ${word("level", own.level)}`],
            [t("exams.on"), own.exam_on],
            [t("exams.closes"), own.registration_closes_on],
            [t("exams.admission"), own.admission_number],
            [t("exams.offeredUntil"), own.offered_until && instant(own.offered_until)],
            [t("exams.reason"), own.reason],
          ]}
        />
      </div>
      <Place own={own} />
      <Suspense fallback={null}>
        <Due registrationId={own.id} />
      </Suspense>
      <TicketOrResult own={own} />
      <Deeds registration={own} />
    </Screen>
  );
}

const ACCEPTED = new Set(["accepted", "locked"]);
const OVER = new Set(["refused", "withdrawn"]);

function Way({ own }: { own: OwnRegistrationOut }) {
  const { t } = useTranslation("student");
  const result = useQuery(asks.results()).data?.items.find((it) => it.registration_id === own.id);
  const award = useQuery(asks.awards()).data?.items.find(
    (it) => result?.passed && it.certificate_level_id === own.certificate_level_id,
  );
  const outcome = useQuery(asks.outcomes()).data?.items.find((it) => it.award_id === award?.id);
  const names = [
    t("exams.wayRegister"),
    t("exams.wayAccept"),
    t("exams.wayTicket"),
    t("exams.wayResult"),
    t("exams.wayAward"),
    t("exams.wayCredit"),
  ];
  const done = [
    own.state !== "draft",
    ACCEPTED.has(own.state),
    own.admission_number !== null,
    result !== undefined,
    award !== undefined,
    outcome?.reason === "deposited",
  ];
  const at = done.indexOf(false);
  const reached = (index: number): Reached => {
    if (index < at || at === -1) return "done";
    if (index > at) return "later";
    return OVER.has(own.state) || result?.passed === false ? "stopped" : "now";
  };
  return (
    <section aria-label={t("exams.way")} className="card way">
      <Steps steps={names.map((name, index) => ({ name, reached: reached(index) }))} />
    </section>
  );
}

/** Before the exam the ticket, after it the result. */
function TicketOrResult({ own }: { own: OwnRegistrationOut }) {
  const { t } = useTranslation("student");
  const result = useQuery(asks.results()).data?.items.find((it) => it.registration_id === own.id);
  if (!result) return ACCEPTED.has(own.state) ? <Ticket own={own} /> : null;
  return (
    <Link to="/m/results/$registrationId" params={{ registrationId: own.id }} className="button wide">
      {t("exams.result")}
    </Link>
  );
}

function Deeds({ registration }: { registration: OwnRegistrationOut }) {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const may = (deed: string): boolean => registration.allowed_deeds.includes(deed);
  const path = { registration_id: registration.id };
  const navigate = useNavigate();
  const after = (): Promise<void> => queryClient.invalidateQueries();
  // What was given up is no longer listed, so there is no screen of it to stay on.
  const leave = (): Promise<void> => navigate({ to: "/m/exams" }).then(after);
  return (
    <div className="deeds">
      {may("confirm") && (
        <Deed
          name={t("exams.confirm")}
          says={t("exams.confirmSays")}
          onDo={() => confirmOwnRegistration({ path, throwOnError: true }).then(after)}
        />
      )}
      {may("take_offer") && (
        <Deed
          name={t("exams.takeOffer")}
          says={t("exams.takeOfferSays")}
          onDo={() => takeOwnOffer({ path, throwOnError: true }).then(after)}
        />
      )}
      {may("decline_offer") && (
        <Deed
          name={t("exams.declineOffer")}
          says={t("exams.declineOfferSays")}
          tone="plain"
          onDo={() => declineOwnOffer({ path, throwOnError: true }).then(leave)}
        />
      )}
      {may("withdraw") && (
        <Deed
          name={t("exams.withdraw")}
          says={t("exams.withdrawSays")}
          reasonLabel={t("exams.withdrawReason")}
          tone="plain"
          onDo={(reason) => withdrawOwnRegistration({ path, body: { reason }, throwOnError: true }).then(leave)}
        />
      )}
    </div>
  );
}
