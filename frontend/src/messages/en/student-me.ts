import type { Same } from "../words.ts";
import type zh from "../zh/student-me.ts";

const me: Same<typeof zh> = {
  me: {
    title: "Me",
    number: "Student number",
    programme: "Programme",
    className: "Class",
    entryYear: "Entry year",
    document: "Identity document",
    display: "Display",
    language: "Language",
    theme: "Appearance",
    light: "Light",
    dark: "Dark",
    size: "Text size",
    normal: "Normal",
    large: "Large",
    larger: "Larger",
    security: "Security",
    password: "Change the password",
    passwordChanged: "The password was changed; other devices are signed out",
    sessions: "Where you are signed in",
    thisOne: "This device",
    endOthers: "Sign out elsewhere",
    endOthersSays: "Other devices are signed out at once.",
    lastUsed: "last used {{instant}}",
    notices: "How to be told",
    mail: "Mail",
    privacy: "Personal data",
    privacyText:
      "Identity numbers are sealed and shown by their ends only; the public page does not show your full name. Ask your college to correct what is wrong.",
    signOutHint: "Signing out deletes what is kept on this device.",
    publicPages: "Public pages",
    catalogue: "Certificates there are",
    mappings: "Published conversion rules",
  },
};
export default me;
