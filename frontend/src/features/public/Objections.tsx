import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listObjectionsOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { raiseObjection } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";

/** What the person has against a rule on notice, with the answers, and room for another objection. */
export function Objections({ noticeId }: { noticeId: string }) {
  const { t } = useTranslation("public");
  const asked = listObjectionsOptions({ path: { notice_id: noticeId } });
  const found = useQuery(asked).data?.items ?? [];
  return (
    <details>
      <summary>{t("objections.title")}</summary>
      <ul className="lines">
        {found.map((it) => (
          <li key={it.id}>
            <span>
              {it.text}
              {it.answer && (
                <span className="muted">
                  <br />
                  {t("objections.answer", { answer: it.answer })}
                </span>
              )}
            </span>
            <span className="muted num">
              {t(`objections.${it.state}`)} {instant(it.raised_at)}
            </span>
          </li>
        ))}
      </ul>
      <Raise noticeId={noticeId} />
    </details>
  );
}

function Raise({ noticeId }: { noticeId: string }) {
  const { t } = useTranslation("public");
  const queryClient = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text") ?? "").trim();
    setBusy(true);
    setError(null);
    try {
      await raiseObjection({ path: { notice_id: noticeId }, body: { text }, throwOnError: true });
      form.reset();
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label className="field">
        <span>{t("objections.text")}</span>
        <textarea name="text" rows={3} required maxLength={1000} />
      </label>
      <p className="muted">{t("objections.says")}</p>
      {error !== null && <ProblemNote error={error} />}
      <button type="submit" className="button" disabled={isBusy}>
        {t("objections.send")}
      </button>
    </form>
  );
}
