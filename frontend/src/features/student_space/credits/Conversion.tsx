import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { withdrawOwnConversion } from "@/api/light/sdk.gen.ts";
import type { OwnConversionOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import * as asks from "../kit/ask.ts";
import { Deed } from "../kit/Deed.tsx";
import { Facts } from "../kit/Facts.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { type Reached, Steps } from "../kit/Steps.tsx";
import { Tag } from "../kit/Tag.tsx";
import { conversionTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";

/** One request: whose turn it is, what it turns into what, and the way to take it back. */
export function Conversion({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const queryClient = useQueryClient();
  const keyed = useIdempotency();
  const { data } = useSuspenseQuery(asks.conversion(conversionId));
  const withdraw = (reason: string): Promise<void> => {
    const body = { conversion_id: data.id, reason };
    return withdrawOwnConversion({
      body,
      headers: keyed(body),
      throwOnError: true,
    }).then(() => queryClient.invalidateQueries());
  };
  return (
    <Screen title={t("conversion.title")} back={{ to: "/m/credits", title: t("credits.title") }}>
      <p className="lead">
        {t(data.direction === "course_to_assessment" ? "conversion.offset" : "conversion.toCourse")}
      </p>
      <Chain conversion={data} />
      <div className="card">
        <Facts
          rows={[
            [
              t("exams.state"),
              <Tag key="state" tone={conversionTone(data.state)}>
                {word("conversionState", data.state)}
              </Tag>,
            ],
            [t("exams.certificate"), `${data.certificate_name} · ${word("level", data.level)}`],
            [t("conversion.requestedAt"), instant(data.requested_at)],
            [t("conversion.endedAt"), data.ended_at && instant(data.ended_at)],
            [t("conversion.endReason"), data.end_reason],
          ]}
        />
        {data.flagged_at && <p>{t("conversion.flagged")}</p>}
      </div>
      <Section title={t("conversion.courses")}>
        <ol className="sum card">
          {data.courses.map((course) => (
            <li key={course.course_id}>
              <span>
                {course.name}
                {data.offsets
                  .filter((it) => it.course_id === course.course_id)
                  .map((it) => (
                    <span key={it.component_code} className="row-note">
                      {t("offset.part", { name: it.component_code, percent: it.share_percent })}
                    </span>
                  ))}
                {course.grade && <span className="row-note">{t("convert.grade", { grade: course.grade })}</span>}
              </span>
              <span className="num">{course.credit}</span>
            </li>
          ))}
        </ol>
      </Section>
      {data.decisions.length > 0 && (
        <Section title={t("conversion.decisions")}>
          <ul className="rows card-rows">
            {data.decisions.map((it) => (
              <Row
                key={`${it.deed}-${it.decided_at}`}
                title={word("conversionState", it.state)}
                note={[instant(it.decided_at), it.reason].filter(Boolean).join(" · ")}
              />
            ))}
          </ul>
        </Section>
      )}
      {data.allowed_deeds.includes("withdraw") && (
        <Deed
          name={t("conversion.withdraw")}
          says={t("conversion.withdrawSays")}
          reasonLabel={t("conversion.withdrawReason")}
          tone="plain"
          onDo={withdraw}
        />
      )}
    </Screen>
  );
}

const ENDED = new Set(["refused", "withdrawn", "lapsed", "unwound"]);

function Chain({ conversion }: { conversion: OwnConversionOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const isOver = ENDED.has(conversion.state);
  const taken = conversion.decisions.filter((it) => !ENDED.has(it.state)).length;
  const at = conversion.awaits ? conversion.steps.indexOf(conversion.awaits) : isOver ? taken : conversion.steps.length;
  const reached = (index: number): Reached => {
    if (index < at) return "done";
    if (index > at) return "later";
    return isOver ? "stopped" : "now";
  };
  return (
    <section className="card way" aria-label={t("conversion.chain")}>
      <Steps
        steps={conversion.steps.map((step, index) => ({ name: word("chainStep", step), reached: reached(index) }))}
      />
      {conversion.awaits && (
        <p className="muted">{t("conversion.awaits", { who: word("chainStep", conversion.awaits) })}</p>
      )}
    </section>
  );
}
