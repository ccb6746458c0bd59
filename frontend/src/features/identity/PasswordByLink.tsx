import { useState } from "react";
import { useTranslation } from "react-i18next";
import { choosePasswordByLink } from "@/api/light/sdk.gen.ts";
import { NewPasswordForm } from "@/ui/light/PasswordForm.tsx";
import { Toggles } from "@/ui/light/Toggles.tsx";
import "./sign-in.css";

/** Who was given a link chooses a password; the link's secret stays behind the `#`, which no server is told. */
export function PasswordByLink() {
  const { t } = useTranslation();
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)).trim());
  const [isChosen, setChosen] = useState(false);
  const chosen = (): void => {
    // Spent, so that it is found neither in the address nor in the history.
    history.replaceState(null, "", location.pathname);
    setChosen(true);
  };
  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <img src="/icon.svg" alt="" width="44" height="44" />
        <h1>{t("passwordLink.title")}</h1>
        <Toggles />
      </header>
      <div className="card">
        {isChosen ? (
          <p role="status">{t("passwordLink.done")}</p>
        ) : token === "" ? (
          <p role="alert">{t("passwordLink.missing")}</p>
        ) : (
          <NewPasswordForm
            submit={t("passwordLink.save")}
            send={(typed) => choosePasswordByLink({ body: { token, new_password: typed("new") }, throwOnError: true })}
            onChanged={chosen}
          >
            <p>{t("passwordLink.hint")}</p>
          </NewPasswordForm>
        )}
      </div>
      <p className="sign-in-links">
        <a href="/login">{t("passwordLink.signIn")}</a>
      </p>
    </main>
  );
}
