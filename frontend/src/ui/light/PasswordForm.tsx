import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "@/api/light/sdk.gen.ts";
import { ProblemNote } from "./ProblemNote.tsx";

interface Props {
  submit: string;
  /** Sends what was typed, by the names of the fields. */
  send: (typed: (name: string) => string) => Promise<unknown>;
  onChanged: () => void;
  /** What stands above the two fields. */
  children: ReactNode;
}

/** Twice the password one wants. */
export function NewPasswordForm({ submit, send, onChanged, children }: Props) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const [differs, setDiffers] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const typed = (name: string): string => String(given.get(name) ?? "");
    setError(null);
    setDiffers(typed("new") !== typed("again"));
    if (typed("new") !== typed("again")) return;
    setBusy(true);
    try {
      await send(typed);
      onChanged();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      {children}
      <label className="field">
        <span>{t("password.new")}</span>
        <input name="new" type="password" autoComplete="new-password" required aria-describedby="password-hint" />
      </label>
      <p id="password-hint" className="muted">
        {t("password.hint")}
      </p>
      <label className="field">
        <span>{t("password.again")}</span>
        <input name="again" type="password" autoComplete="new-password" required aria-invalid={differs} />
      </label>
      {differs && (
        <p className="problem" role="alert">
          {t("password.differs")}
        </p>
      )}
      {error !== null && <ProblemNote error={error} />}
      <button type="submit" className="button wide" disabled={isBusy}>
        {submit}
      </button>
    </form>
  );
}

/** The password one has, and twice the one one wants. */
export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  return (
    <NewPasswordForm
      submit={t("password.save")}
      send={(typed) =>
        changePassword({
          body: { current_password: typed("old"), new_password: typed("new") },
          throwOnError: true,
        })
      }
      onChanged={onChanged}
    >
      <label className="field">
        <span>{t("password.old")}</span>
        <input name="old" type="password" autoComplete="current-password" required />
      </label>
    </NewPasswordForm>
  );
}
