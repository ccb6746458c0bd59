import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listMessagePreferencesOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { chooseMessages } from "@/api/light/sdk.gen.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Section } from "../kit/Screen.tsx";

/** Which messages also go out as mail; here all of them arrive. */
export function Notices() {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const { data } = useQuery(listMessagePreferencesOptions());
  const [error, setError] = useState<unknown>(null);
  const choose = async (kind: string, by_mail: boolean): Promise<void> => {
    setError(null);
    try {
      await chooseMessages({ body: { preferences: [{ kind, by_mail }] }, throwOnError: true });
    } catch (refusal) {
      setError(refusal);
    }
    await queryClient.invalidateQueries(listMessagePreferencesOptions());
  };
  if (!data) return null;
  return (
    <Section title={t("me.notices")}>
      <details className="card">
        <summary>{t("me.mail")}</summary>
        {error !== null && <ProblemNote error={error} />}
        {data.items.map((it) => (
          <label key={it.kind} className="check check-row">
            <input
              type="checkbox"
              checked={it.by_mail}
              onChange={(event) => void choose(it.kind, event.currentTarget.checked)}
            />
            <span>{it.name}</span>
          </label>
        ))}
      </details>
    </Section>
  );
}
