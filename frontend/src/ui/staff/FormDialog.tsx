import { Modal } from "antd";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { YUAN_PATTERN } from "@/lib/money.ts";
import { faultsByField, isConflict, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useFocusBack } from "./focus.ts";
import "./dialog.css";

export interface Field {
  name: string;
  label: string;
  type?: "text" | "password" | "long" | "date" | "datetime-local" | "number" | "money" | "check";
  options?: readonly { value: string; label: string }[];
  hint?: string;
  initial?: string;
  isOptional?: boolean;
}

export type Values = Record<string, string>;

interface Props {
  title: string;
  /** What will be true afterwards, in a sentence. */
  consequence?: ReactNode;
  fields?: readonly Field[];
  /** The word that must be typed before what cannot be undone. */
  typed?: string;
  isDanger?: boolean;
  submit: string;
  run: (values: Values) => Promise<unknown>;
  onClose: () => void;
  /** Shows what somebody else saved meanwhile beside what was entered here. */
  conflict?: (mine: Values) => ReactNode;
  /** Reads again what the deed is checked against, so that it is done on the fresh copy when it is sent once more. */
  onOvertaken?: () => Promise<void>;
  /** What others changed meanwhile, where there is no `conflict`. */
  overtaken?: ReactNode;
  /** It cannot be done any more. */
  isBarred?: boolean;
  /** Controls of its own kind, sent with the fields by their names. */
  children?: ReactNode;
}

/** One question with its fields: sent once, refused with the reason beside it, and nothing entered is lost. */
export function FormDialog(props: Props) {
  const { t } = useTranslation("staff");
  const id = useId();
  const [error, setError] = useState<unknown>(null);
  const [values, setValues] = useState<Values>({});
  const [isBusy, setBusy] = useState(false);
  const [typed, setTyped] = useState("");
  // As it was when somebody was overtaken: what the page has read since is what theirs became.
  const [versions, setVersions] = useState<Props["conflict"]>(undefined);
  useFocusBack();
  const isOvertaken = error !== null && isConflict(error);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)] as const);
    const given = Object.fromEntries(entries);
    setValues(given);
    setBusy(true);
    setError(null);
    try {
      await props.run(given);
      props.onClose();
    } catch (refusal) {
      setError(refusal);
      if (!isConflict(refusal)) return;
      setVersions(() => props.conflict);
      await props.onOvertaken?.();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      cancelText={t("common.cancel")}
      okText={props.submit}
      okButtonProps={{
        htmlType: "submit",
        form: id,
        loading: isBusy,
        danger: props.isDanger ?? false,
        disabled: props.isBarred || (props.typed !== undefined && typed !== props.typed),
      }}
      mask={{ closable: false }}
      // Two versions side by side need room.
      width={isOvertaken && versions ? 860 : 520}
    >
      {props.consequence && <p className="consequence">{props.consequence}</p>}
      <form id={id} onSubmit={(event) => void submit(event)}>
        {props.fields?.map((field) => (
          <Entry key={field.name} field={field} fault={faults[field.name]} />
        ))}
        {props.children}
        {props.typed !== undefined && (
          <label className="field">
            <span>{t("common.typeToConfirm", { word: props.typed })}</span>
            <input value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
          </label>
        )}
      </form>
      {isOvertaken && (versions ? <Versions>{versions(values)}</Versions> : props.overtaken)}
      {error !== null && <ProblemNote error={error} />}
    </Modal>
  );
}

/** Both versions, and what sending once more would do. */
function Versions({ children }: { children: ReactNode }) {
  const { t } = useTranslation("staff");
  return (
    <>
      {children}
      <p className="consequence">{t("conflict.again")}</p>
    </>
  );
}

function Entry({ field, fault }: { field: Field; fault: string | undefined }) {
  const id = useId();
  const shared = {
    name: field.name,
    required: !field.isOptional,
    "aria-invalid": fault !== undefined,
    "aria-describedby": id,
    defaultValue: field.initial ?? "",
  };
  if (field.type === "check") {
    return (
      <label className="check">
        <input type="checkbox" name={field.name} defaultChecked={field.initial === "on"} /> {field.label}
      </label>
    );
  }
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: each branch inside is a control
    <label className="field">
      <span>{field.label}</span>
      {field.options ? (
        // What is offered first is chosen once its list has come.
        <select {...shared} key={String(field.options.some((it) => it.value === field.initial))}>
          <option value="">—</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : field.type === "long" ? (
        <textarea rows={4} {...shared} />
      ) : field.type === "money" ? (
        <input inputMode="decimal" pattern={YUAN_PATTERN} title="503.00" {...shared} />
      ) : (
        <input type={field.type ?? "text"} {...shared} />
      )}
      <small id={id} className={fault ? "fault" : undefined}>
        {fault ?? field.hint}
      </small>
    </label>
  );
}
