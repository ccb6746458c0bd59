import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnRegistrationOut } from "@/api/light/types.gen.ts";
import { fetchFile, save } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Section } from "../kit/Screen.tsx";

/** The admission ticket: once it was opened, the worker keeps it, and it opens without a network. */
export function Ticket({ own }: { own: OwnRegistrationOut }) {
  const { t } = useTranslation("student");
  const [file, setFile] = useState<{ content: Blob; url: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => () => void (file && URL.revokeObjectURL(file.url)), [file]);
  const get = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { content } = await fetchFile(`/v1/me/registrations/${own.id}/ticket`);
      const url = URL.createObjectURL(content);
      setFile({ content, url });
      // A browser that opens no page by itself leaves the link below.
      window.open(url, "_blank");
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("exams.wayTicket")}>
      <p>{t(own.has_ticket ? "exams.ticketHint" : "exams.ticketLater")}</p>
      {error !== null && <ProblemNote error={error} />}
      {own.has_ticket && !file && (
        <button type="button" className="button wide" onClick={() => void get()} disabled={isBusy}>
          {isBusy ? t("deed.working") : t("exams.ticket")}
        </button>
      )}
      {file && (
        <div role="status">
          <p className="muted">{t("exams.ticketKept")}</p>
          <a className="button wide" href={file.url} target="_blank" rel="noreferrer">
            {t("exams.ticketOpen")}
          </a>
          <button
            type="button"
            className="button plain wide"
            onClick={() => save(file.content, `${own.admission_number ?? "ticket"}.pdf`)}
          >
            {t("exams.ticketSave")}
          </button>
        </div>
      )}
    </Section>
  );
}
