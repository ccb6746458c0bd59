/** Chinese first, English second; the first messages are here, others come with the pages that need them. */

import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import common from "@/messages/zh/common.ts";
import type publicWords from "@/messages/zh/public.ts";
import type staff from "@/messages/zh/staff.ts";
import type student from "@/messages/zh/student.ts";
import type studentAwards from "@/messages/zh/student-awards.ts";
import type studentConvert from "@/messages/zh/student-convert.ts";
import type studentCredits from "@/messages/zh/student-credits.ts";
import type studentExams from "@/messages/zh/student-exams.ts";
import type studentGuarantee from "@/messages/zh/student-guarantee.ts";
import type studentMe from "@/messages/zh/student-me.ts";
import type studentRegister from "@/messages/zh/student-register.ts";
import type studentResults from "@/messages/zh/student-results.ts";
import { speakLanguage } from "./http.ts";
import { keep } from "./theme.ts";

export type Language = "zh-CN" | "en";
type Part = "awards" | "convert" | "credits" | "exams" | "guarantee" | "me" | "register" | "results";
export type Messages = "common" | "public" | "staff" | "student" | `student-${Part}`;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      public: typeof publicWords;
      staff: typeof staff;
      student: typeof student &
        typeof studentAwards &
        typeof studentConvert &
        typeof studentCredits &
        typeof studentExams &
        typeof studentGuarantee &
        typeof studentMe &
        typeof studentRegister &
        typeof studentResults;
    };
  }
}

const files: Record<Messages, Record<Language, () => Promise<{ default: object }>>> = {
  common: { "zh-CN": async () => ({ default: common }), en: () => import("@/messages/en/common.ts") },
  public: { "zh-CN": () => import("@/messages/zh/public.ts"), en: () => import("@/messages/en/public.ts") },
  staff: { "zh-CN": () => import("@/messages/zh/staff.ts"), en: () => import("@/messages/en/staff.ts") },
  student: { "zh-CN": () => import("@/messages/zh/student.ts"), en: () => import("@/messages/en/student.ts") },
  "student-awards": {
    "zh-CN": () => import("@/messages/zh/student-awards.ts"),
    en: () => import("@/messages/en/student-awards.ts"),
  },
  "student-credits": {
    "zh-CN": () => import("@/messages/zh/student-credits.ts"),
    en: () => import("@/messages/en/student-credits.ts"),
  },
  "student-exams": {
    "zh-CN": () => import("@/messages/zh/student-exams.ts"),
    en: () => import("@/messages/en/student-exams.ts"),
  },
  "student-me": {
    "zh-CN": () => import("@/messages/zh/student-me.ts"),
    en: () => import("@/messages/en/student-me.ts"),
  },
  "student-convert": {
    "zh-CN": () => import("@/messages/zh/student-convert.ts"),
    en: () => import("@/messages/en/student-convert.ts"),
  },
  "student-register": {
    "zh-CN": () => import("@/messages/zh/student-register.ts"),
    en: () => import("@/messages/en/student-register.ts"),
  },
  "student-results": {
    "zh-CN": () => import("@/messages/zh/student-results.ts"),
    en: () => import("@/messages/en/student-results.ts"),
  },
  "student-guarantee": {
    "zh-CN": () => import("@/messages/zh/student-guarantee.ts"),
    en: () => import("@/messages/en/student-guarantee.ts"),
  },
};
const wanted = new Set<Messages>(["common"]);

export function currentLanguage(): Language {
  return document.documentElement.lang === "en" ? "en" : "zh-CN";
}

const loaded = new Set<string>();

async function load(name: Messages, language: Language): Promise<void> {
  if (loaded.has(`${language}/${name}`)) return;
  const { default: messages } = await files[name][language]();
  // The parts of the student space join one another: what a page says first does not bring what others say.
  i18next.addResourceBundle(language, name.split("-")[0] ?? name, messages, true);
  loaded.add(`${language}/${name}`);
}

/** Bring the messages a part of the application needs; called in its route's loader. */
export async function loadMessages(...names: Messages[]): Promise<void> {
  for (const name of names) wanted.add(name);
  await Promise.all(names.map((name) => load(name, currentLanguage())));
}

export async function startLanguage(): Promise<void> {
  const language = currentLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    // Nothing falls back: the compiler refuses an English file that lacks a key.
    fallbackLng: false,
    resources: { "zh-CN": { common } },
    defaultNS: "common",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load("common", language);
  speakLanguage(currentLanguage);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((name) => load(name, language)));
  document.documentElement.lang = language;
  keep("language", language);
  await i18next.changeLanguage(language);
}
