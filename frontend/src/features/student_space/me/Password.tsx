import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PasswordForm } from "@/ui/light/PasswordForm.tsx";
import { Screen } from "../kit/Screen.tsx";

export function Password() {
  const { t } = useTranslation("student");
  const [isChanged, setChanged] = useState(false);
  return (
    <Screen title={t("me.password")} back={{ to: "/m/me", title: t("me.title") }}>
      {isChanged ? (
        <p className="card" role="status">
          {t("me.passwordChanged")}
        </p>
      ) : (
        <div className="card">
          <PasswordForm onChanged={() => setChanged(true)} />
        </div>
      )}
    </Screen>
  );
}
