import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";

interface Props {
  name: string;
  /** What follows from it, said before it is done. */
  says: string;
  /** Asked for where the deed wants a reason. */
  reasonLabel?: string;
  tone?: "main" | "plain" | "risky";
  onDo: (reason: string) => Promise<unknown>;
}

/** A button that first says what will follow, then does it; a refusal stays where it is read. */
export function Deed({ name, says, reasonLabel, tone = "main", onDo }: Props) {
  const { t } = useTranslation("student");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setBusy(true);
    setError(null);
    try {
      await onDo(reason);
      setOpen(false);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const look = tone === "main" ? "button wide" : `button wide ${tone}`;
  if (!isOpen) {
    return (
      <button type="button" className={look} onClick={() => setOpen(true)}>
        {name}
      </button>
    );
  }
  return (
    <form className="deed" aria-labelledby={id} onSubmit={(event) => void submit(event)}>
      <strong id={id}>{name}</strong>
      <p>{says}</p>
      {reasonLabel && (
        <label className="field">
          <span>{reasonLabel}</span>
          <textarea name="reason" rows={3} required maxLength={1000} />
        </label>
      )}
      {error !== null && <ProblemNote error={error} />}
      <div className="deed-buttons">
        <button type="button" className="button plain" onClick={() => setOpen(false)} disabled={isBusy}>
          {t("deed.cancel")}
        </button>
        <button type="submit" className={tone === "risky" ? "button risky" : "button"} disabled={isBusy}>
          {isBusy ? t("deed.working") : name}
        </button>
      </div>
    </form>
  );
}
