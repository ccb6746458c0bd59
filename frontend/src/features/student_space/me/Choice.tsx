import { useId } from "react";

interface Props {
  name: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}

/** A few alternatives beside each other, of which one holds. */
export function Choice({ name, value, options, onChoose }: Props) {
  const id = useId();
  return (
    <fieldset className="choice">
      <legend>{name}</legend>
      <div className="choice-options">
        {options.map(([key, label]) => (
          <label key={key}>
            <input type="radio" name={id} value={key} checked={value === key} onChange={() => onChoose(key)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
