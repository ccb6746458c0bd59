import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

function follow(tell: () => void): () => void {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  return () => {
    removeEventListener("online", tell);
    removeEventListener("offline", tell);
  };
}

/** Says that what is shown is what was there the last time. */
export function OfflineNote() {
  const { t } = useTranslation("student");
  const isOnline = useSyncExternalStore(follow, () => navigator.onLine);
  return <div role="status">{!isOnline && <p className="offline">{t("offlinePlain")}</p>}</div>;
}
