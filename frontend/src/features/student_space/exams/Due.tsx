import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { yuan } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { useWord } from "../kit/words.ts";

/** What the exam costs, who pays it, and what is still due; nothing before it is charged. */
export function Due({ registrationId }: { registrationId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const charge = useQuery(asks.charges(registrationId)).data?.items.at(-1);
  if (!charge) return null;
  const isMine = charge.payer === "student";
  const some = (fen: number): string | null => (fen > 0 ? yuan(fen) : null);
  return (
    <Section title={t("due.title")}>
      <div className="card">
        <Tag tone={charge.state === "open" && isMine ? "wait" : charge.state === "cancelled" ? "plain" : "good"}>
          {isMine ? word("chargeState", charge.state) : t("due.nothing")}
        </Tag>
        <Facts
          rows={[
            [t("due.payer"), word("payer", charge.payer)],
            [t("due.amount"), yuan(charge.amount_fen)],
            [t("due.waived"), some(charge.waived_fen)],
            [t("due.subsidised"), some(charge.subsidised_fen)],
            [t("due.paid"), some(charge.paid_fen)],
            [t("due.refunded"), some(charge.refunded_fen)],
            [t("due.open"), isMine ? yuan(charge.open_fen) : null],
          ]}
        />
        {charge.is_guaranteed && <p className="muted">{t("due.guaranteed")}</p>}
        {isMine && charge.open_fen > 0 && <p className="muted">{t("due.how")}</p>}
      </div>
    </Section>
  );
}
