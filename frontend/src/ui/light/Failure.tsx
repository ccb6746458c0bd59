import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "./ProblemNote.tsx";

/** What stands where a page could not be made: a refusal of the API, or a defect of ours. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  if (!(error instanceof Error) || error instanceof TypeError) {
    return (
      <main className="page">
        <ProblemNote error={error} onRetry={retry} />
      </main>
    );
  }
  return (
    <main className="page">
      <div className="problem" role="alert">
        <strong>{t("problem.unexpected")}</strong>
        <p>{t("problem.unexpectedHint")}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {t("action.retry")}
        </button>
      </div>
    </main>
  );
}
