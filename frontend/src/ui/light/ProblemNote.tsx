import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/lib/problems.ts";

/** A refusal as a person can read it, with its code and the id that the office will be asked for. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const problem = problemOf(error);
  const isUnanswered = problem.status === 0;
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(problem.request_id);
    setCopied(true);
  };
  return (
    <div className="problem" role="alert">
      <strong>{isUnanswered ? t("problem.unreachable") : problem.title}</strong>
      <p>{isUnanswered ? t("problem.unreachableHint") : problem.detail}</p>
      {problem.status === 403 && <p>{t("problem.forbidden")}</p>}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.slice(0, 20).map((fault) => (
            <li key={`${fault.pointer}-${fault.row}-${fault.column}-${fault.code}`}>
              {fault.detail} <code>{fault.pointer ?? fault.code}</code>
            </li>
          ))}
        </ul>
      )}
      {!isUnanswered && (
        <p className="problem-foot">
          {t("problem.code")} <code>{problem.code}</code>{" "}
          {problem.type.startsWith("/problems/") && (
            <a href={problem.type} target="_blank" rel="noreferrer">
              {t("problem.explain")}
            </a>
          )}
          <br />
          {t("problem.requestId")} <code>{problem.request_id}</code>{" "}
          <button type="button" className="link" onClick={() => void copy()}>
            {isCopied ? t("action.copied") : t("problem.copyRequestId")}
          </button>
        </p>
      )}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {t("action.retry")}
        </button>
      )}
    </div>
  );
}
