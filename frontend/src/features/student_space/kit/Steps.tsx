import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

export type Reached = "done" | "now" | "later" | "stopped";

/** The way something goes, step by step, and how far it is. */
export function Steps({ steps }: { steps: readonly { name: string; reached: Reached; note?: string }[] }) {
  const { t } = useTranslation("student");
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li
          key={step.name}
          className={`step step-${step.reached}`}
          aria-current={step.reached === "now" ? "step" : undefined}
        >
          <span className="step-dot">
            {step.reached === "done" && <Icon name="check" />}
            {step.reached === "stopped" && <Icon name="cross" />}
          </span>
          <span className="step-name">{step.name}</span>
          <span className="visually-hidden">{step.reached === "stopped" ? "" : t(`exams.${step.reached}`)}</span>
          {step.note && <span className="step-note">{step.note}</span>}
        </li>
      ))}
    </ol>
  );
}
