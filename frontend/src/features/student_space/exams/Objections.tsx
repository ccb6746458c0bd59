import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { raiseOwnObjection, withdrawOwnObjection } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Deed } from "../kit/Deed.tsx";
import { Facts } from "../kit/Facts.tsx";
import { Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { useWord } from "../kit/words.ts";

/** Objections to one result: those there are with their answers, and another one. */
export function Objections({ registrationId }: { registrationId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const queryClient = useQueryClient();
  const mine = useQuery(asks.objections()).data?.items.filter((it) => it.registration_id === registrationId);
  const after = (): Promise<void> => queryClient.invalidateQueries();
  return (
    <Section title={t("result.objections")}>
      {mine?.map((it) => (
        <div key={it.id} className="card">
          <Tag tone={it.state === "changed" ? "good" : it.decided_at ? "plain" : "wait"}>
            {word("objectionState", it.state)}
          </Tag>
          <p>{it.text}</p>
          <Facts
            rows={[
              [t("result.sent"), instant(it.raised_at)],
              [t("result.answerBy"), it.due_on],
              [t("result.answer"), it.answer],
            ]}
          />
          {it.allowed_deeds.includes("withdraw") && (
            <Deed
              name={t("result.withdrawObjection")}
              says={t("result.withdrawObjectionSays")}
              tone="plain"
              onDo={() => withdrawOwnObjection({ path: { objection_id: it.id }, throwOnError: true }).then(after)}
            />
          )}
        </div>
      ))}
      <Deed
        name={t("result.object")}
        says={t("result.objectSays")}
        reasonLabel={t("result.objectText")}
        tone="plain"
        onDo={(text) =>
          raiseOwnObjection({
            path: { registration_id: registrationId },
            body: { text },
            throwOnError: true,
          }).then(after)
        }
      />
    </Section>
  );
}
