import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { download } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";

/** Fetches a file through the API; why it could not be had is said at once. */
export function DownloadButton({ path, file, label }: { path: string; file: string; label: string }) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const save = (): void => {
    download(path, file).catch((error: unknown) => {
      message.error(problemOf(error).detail || t("list.exportFailed"));
    });
  };
  return <Button onClick={save}>{label}</Button>;
}
