import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readOwnStudentOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { signOut } from "@/auth/session.ts";
import { chooseLanguage, currentLanguage } from "@/lib/i18n.ts";
import { chooseTheme, keep, kept, useTheme } from "@/lib/theme.ts";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { Choice } from "./Choice.tsx";
import { Notices } from "./Notices.tsx";

/** Who one is here, how it looks, how one is told, and the way out. */
export function Me() {
  const { t } = useTranslation(["student", "common"]);
  const { student } = useSuspenseQuery(asks.overview()).data;
  const whole = useQuery(readOwnStudentOptions()).data;
  return (
    <Screen title={student.name}>
      <div className="card">
        <Facts
          rows={[
            [t("me.number"), student.student_number],
            [t("me.programme"), student.programme_name],
            [t("me.className"), student.class_name],
            [t("me.entryYear"), String(student.entry_year)],
            [t("me.document"), whole?.masked_document_number],
          ]}
        />
      </div>
      <Display />
      <Notices />
      <Section title={t("me.security")}>
        <ul className="rows card-rows">
          <Row to="/m/password" title={t("me.password")} />
          <Row to="/m/sessions" title={t("me.sessions")} />
        </ul>
      </Section>
      <Section title={t("me.publicPages")}>
        <ul className="rows card-rows">
          <Row to="/public/certificates" title={t("me.catalogue")} />
          <Row to="/public/mappings" title={t("me.mappings")} />
        </ul>
      </Section>
      <Section title={t("me.privacy")}>
        <p className="muted">{t("me.privacyText")}</p>
      </Section>
      <button type="button" className="button plain wide" onClick={() => void signOut()}>
        {t("action.signOut", { ns: "common" })}
      </button>
      <p className="muted centred">{t("me.signOutHint")}</p>
    </Screen>
  );
}

const SIZES = ["normal", "large", "larger"] as const;

function Display() {
  const { t } = useTranslation("student");
  const theme = useTheme();
  const [size, setSize] = useState(kept("size") ?? "normal");
  const choose = (wanted: string): void => {
    keep("size", wanted === "normal" ? null : wanted);
    if (wanted === "normal") delete document.documentElement.dataset.size;
    else document.documentElement.dataset.size = wanted;
    setSize(wanted);
  };
  return (
    <Section title={t("me.display")}>
      <div className="card">
        <Choice
          name={t("me.language")}
          value={currentLanguage()}
          options={[
            ["zh-CN", "中文"],
            ["en", "English"],
          ]}
          onChoose={(language) => void chooseLanguage(language === "en" ? "en" : "zh-CN")}
        />
        <Choice
          name={t("me.theme")}
          value={theme}
          options={[
            ["light", t("me.light")],
            ["dark", t("me.dark")],
          ]}
          onChoose={(wanted) => chooseTheme(wanted === "dark" ? "dark" : "light")}
        />
        <Choice
          name={t("me.size")}
          value={size}
          options={SIZES.map((it) => [it, t(`me.${it}`)] as const)}
          onChoose={choose}
        />
      </div>
    </Section>
  );
}
