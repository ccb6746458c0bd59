import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmSecondFactor, enrolSecondFactor } from "@/api/light/sdk.gen.ts";
import type { Me } from "@/auth/me.ts";
import { signOut } from "@/auth/session.ts";
import { PasswordForm } from "@/ui/light/PasswordForm.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";

/** What has to be set right before anything else can be done: a password, or a second factor. */
export function Owed({ me, onSettled }: { me: Me; onSettled: () => Promise<void> }) {
  const { t } = useTranslation();
  return (
    <>
      {me.owes.includes("change_password") ? (
        <>
          <h2 className="owed-title">{t("password.title")}</h2>
          <p>{t("password.must")}</p>
          <PasswordForm onChanged={() => void onSettled()} />
        </>
      ) : (
        <SecondFactor onSettled={onSettled} />
      )}
      <p className="owed-foot">
        <button type="button" className="link" onClick={() => void signOut().then(() => location.reload())}>
          {t("action.signOut")}
        </button>
      </p>
    </>
  );
}

function SecondFactor({ onSettled }: { onSettled: () => Promise<void> }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState<string | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const begin = async (): Promise<void> => {
    try {
      setAddress((await enrolSecondFactor({ throwOnError: true })).data.otpauth_uri);
    } catch (refusal) {
      setError(refusal);
    }
  };
  const confirm = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    setError(null);
    try {
      setCodes((await confirmSecondFactor({ body: { code }, throwOnError: true })).data.recovery_codes);
    } catch (refusal) {
      setError(refusal);
    }
  };
  if (codes) {
    return (
      <>
        <h2 className="owed-title">{t("secondFactor.done")}</h2>
        <p>{t("secondFactor.keep")}</p>
        <ul className="recovery">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <button type="button" className="button wide" onClick={() => void onSettled()}>
          {t("secondFactor.goOn")}
        </button>
      </>
    );
  }
  return (
    <>
      <h2 className="owed-title">{t("secondFactor.title")}</h2>
      <p>{t("secondFactor.must")}</p>
      {address === null && (
        <button type="button" className="button wide" onClick={() => void begin()}>
          {t("secondFactor.begin")}
        </button>
      )}
      {address !== null && (
        <form onSubmit={(event) => void confirm(event)}>
          <p>{t("secondFactor.type")}</p>
          <p>
            <code className="secret">{new URL(address).searchParams.get("secret")}</code>
          </p>
          <p>
            <a href={address}>{t("secondFactor.open")}</a>
          </p>
          <label className="field">
            <span>{t("signIn.otp")}</span>
            <input name="code" inputMode="numeric" pattern="[0-9]{6}" autoComplete="one-time-code" required />
          </label>
          <button type="submit" className="button wide">
            {t("action.confirm")}
          </button>
        </form>
      )}
      {error !== null && <ProblemNote error={error} />}
    </>
  );
}
