import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { homeOf, type Me, meOptions } from "@/auth/me.ts";
import { type Claimed, signIn } from "@/auth/session.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Toggles } from "@/ui/light/Toggles.tsx";
import { DemoUsers } from "./DemoUsers.tsx";
import { Owed } from "./Owed.tsx";
import "./sign-in.css";

const ASKS_FOR_CODE = "second_factor_needed";
const ASKS_FOR_INSTITUTION = "institution_unclear";

/** Name and password; the code, the institution and what else is owed are asked for only where the service asks. */
export function SignIn({ to, owing }: { to?: string; owing: Me | null }) {
  const { t } = useTranslation();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [owed, setOwed] = useState(owing);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const goOn = async (): Promise<void> => {
    const me = await queryClient.fetchQuery({ ...meOptions, staleTime: 0 });
    if (me.owes.length > 0) setOwed(me);
    else await router.navigate({ href: to ?? homeOf(me), replace: true });
  };
  const enter = async (claimed: Claimed): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await signIn(claimed);
      await goOn();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    void enter({
      username: text("username"),
      password: String(given.get("password") ?? ""),
      otp: text("otp"),
      institution: text("institution"),
    });
  };
  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <img src="/icon.svg" alt="" width="44" height="44" />
        <h1>{t("product")}</h1>
        <Toggles />
      </header>
      <div className="card">
        {owed ? (
          <Owed me={owed} onSettled={goOn} />
        ) : (
          <form ref={form} onSubmit={submit}>
            <Fields error={error} />
            <button type="submit" className="button wide" disabled={isBusy}>
              {t("action.signIn")}
            </button>
          </form>
        )}
      </div>
      {!owed && (
        <DemoUsers
          isBusy={isBusy}
          onChoose={(user, password) => {
            if (password) {
              void enter({ username: user.username, password });
              return;
            }
            const name = form.current?.elements.namedItem("username");
            if (name instanceof HTMLInputElement) name.value = user.username;
          }}
        />
      )}
      <p className="sign-in-links">
        <a href="/v">{t("signIn.verify")}</a>
        <a href="/public/certificates">{t("signIn.catalogue")}</a>
        <a href="/public/mappings">{t("signIn.mappings")}</a>
      </p>
    </main>
  );
}

function Fields({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const code = error ? problemOf(error).code : "";
  const asks = code === ASKS_FOR_CODE || code === ASKS_FOR_INSTITUTION;
  return (
    <>
      <label className="field">
        <span>{t("signIn.username")}</span>
        <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </label>
      <label className="field">
        <span>{t("signIn.password")}</span>
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {(code === ASKS_FOR_CODE || code === "second_factor_refused") && (
        <label className="field">
          <span>{t("signIn.otp")}</span>
          {/* biome-ignore lint/a11y/noAutofocus: the service has just asked for it */}
          <input name="otp" autoComplete="one-time-code" inputMode="numeric" required autoFocus />
          <small>{t("signIn.otpHint")}</small>
        </label>
      )}
      {code === ASKS_FOR_INSTITUTION && (
        <label className="field">
          <span>{t("signIn.institution")}</span>
          <input name="institution" inputMode="numeric" required />
          <small>{t("signIn.institutionHint")}</small>
        </label>
      )}
      {Boolean(error) && !asks && <ProblemNote error={error} />}
    </>
  );
}
