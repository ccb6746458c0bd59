import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Values } from "./FormDialog.tsx";

export interface RowField {
  name: string;
  label: string;
  type?: "text" | "number" | "decimal" | "check";
  options?: readonly { value: string; label: string }[];
  isOptional?: boolean;
}

interface Props {
  legend: string;
  fields: readonly RowField[];
  rows: readonly Values[];
  onChange: (rows: Values[]) => void;
  /** A row as it begins. */
  fresh: Values;
  add: string;
}

/** Lines of one form: each added, filled in and taken out again. */
export function Rows({ legend, fields, rows, onChange, fresh, add }: Props) {
  const { t } = useTranslation("staff");
  const put = (index: number, change: Values): void =>
    onChange(rows.map((it, at) => (at === index ? { ...it, ...change } : it)));
  return (
    <fieldset className="rows">
      <legend>{legend}</legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are filled in
        <fieldset className="filters" key={`row-${index + 1}`} aria-label={`${legend} ${index + 1}`}>
          {fields.map((field) => (
            <Cell
              key={field.name}
              field={field}
              value={row[field.name] ?? ""}
              onChange={(value) => put(index, { [field.name]: value })}
            />
          ))}
          <Button onClick={() => onChange(rows.filter((_, at) => at !== index))}>{t("common.remove")}</Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange([...rows, fresh])}>{add}</Button>
    </fieldset>
  );
}

interface CellProps {
  field: RowField;
  value: string;
  onChange: (value: string) => void;
}

function Cell({ field, value, onChange }: CellProps) {
  if (field.type === "check") {
    return (
      <label className="check">
        <input type="checkbox" checked={value === "on"} onChange={(it) => onChange(it.target.checked ? "on" : "")} />{" "}
        {field.label}
      </label>
    );
  }
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: each branch inside is a control
    <label className="filter">
      <span>{field.label}</span>
      {field.options ? (
        <select required={!field.isOptional} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">—</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          type={field.type === "number" ? "number" : "text"}
          inputMode={field.type === "decimal" ? "decimal" : undefined}
          required={!field.isOptional}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </label>
  );
}
