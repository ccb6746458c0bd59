import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { YUAN_PATTERN } from "@/lib/money.ts";
import { faultsByField, isConflict, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict, type Versions } from "./Conflict.tsx";
import { useFocusBack } from "./focus.ts";
import { type Changed, useOverwriting } from "./overwriting.ts";
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

interface Change<Copy> extends Changed<Copy> {
  /** What was entered, in the words in which a copy is told. */
  mine?: (values: Values) => Values;
}

interface Props<Copy> {
  title: string;
  /** What will be true afterwards, in a sentence. */
  consequence?: ReactNode;
  fields?: readonly Field[];
  /** The word that must be typed before what cannot be undone. */
  typed?: string;
  isDanger?: boolean;
  submit: string;
  /** Sends what was entered; of a change, over the copy whose version whoever saves has seen. */
  run: (values: Values, over: Copy | undefined) => Promise<unknown>;
  onClose: () => void;
  /** What is changed: what somebody else saved meanwhile is shown beside what was entered here. */
  change?: Change<Copy> | undefined;
  /** Reads again what the deed is checked against, so that it is done on the fresh copy when it is sent once more. */
  onOvertaken?: () => Promise<void>;
  /** What others changed meanwhile, where there is no `change`. */
  overtaken?: ReactNode;
  /** It cannot be done any more. */
  isBarred?: boolean;
  /** Controls of its own kind, sent with the fields by their names. */
  children?: ReactNode;
}

/** One question with its fields: sent once, refused with the reason beside it, and nothing entered is lost. */
export function FormDialog<Copy extends object>(props: Props<Copy>) {
  const { change } = props;
  const { t } = useTranslation("staff");
  const queryClient = useQueryClient();
  const { over, sides, compare } = useOverwriting(change);
  const id = useId();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [typed, setTyped] = useState("");
  useFocusBack();
  const isOvertaken = error !== null && isConflict(error);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)] as const);
    const given = Object.fromEntries(entries);
    setBusy(true);
    setError(null);
    try {
      await props.run(given, over).catch(async (refusal: unknown) => {
        if (isConflict(refusal)) await (change ? compare(change.mine?.(given) ?? given) : props.onOvertaken?.());
        throw refusal;
      });
      props.onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const leave = (): void => {
    // Whoever saw what others saved goes on from there.
    if (sides) void queryClient.invalidateQueries();
    props.onClose();
  };
  return (
    <Modal
      open
      title={props.title}
      onCancel={leave}
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
      width={isOvertaken && sides ? 860 : 520}
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
      {isOvertaken && (sides ? <Overwriting {...sides} /> : props.overtaken)}
      {error !== null && <ProblemNote error={error} />}
    </Modal>
  );
}

/** Both versions, and what sending once more would do. */
function Overwriting(sides: Versions) {
  const { t } = useTranslation("staff");
  return (
    <>
      <Conflict {...sides} />
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
