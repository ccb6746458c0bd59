import { useTranslation } from "react-i18next";
import { useWords } from "./words.ts";

/** What was done, by the audit's name of it: in words, or as the code it is where there are none. */
export function DeedName({ deed }: { deed: string }) {
  const { i18n } = useTranslation("staff");
  const word = useWords();
  return i18n.exists(`deed.${deed}`, { ns: "staff" }) ? word(deed, "deed") : <code>{deed}</code>;
}
