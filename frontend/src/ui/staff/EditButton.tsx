import type { ReactNode } from "react";
import { Change } from "./Change.tsx";
import type { Field, Values } from "./FormDialog.tsx";

interface Props<Shown extends object> {
  it: Shown;
  /** What the form begins with; what others saved meanwhile is compared with it by the same names. */
  valuesOf: (it: Shown) => Values;
  fields: readonly Field[];
  read: () => Promise<Shown>;
  change: (values: Values, shown: Shown) => Promise<unknown>;
  consequence?: ReactNode;
}

/** Changes one object by the fields it was made with. */
export function EditButton<Shown extends object>(props: Props<Shown>) {
  return (
    <Change
      shown={props.it}
      fields={(shown) => {
        const begun = props.valuesOf(shown);
        return props.fields.map((it) => ({ ...it, initial: begun[it.name] ?? "" }));
      }}
      run={(shown, values) => props.change(values, shown)}
      read={props.read}
      {...(props.consequence && { consequence: props.consequence })}
    />
  );
}
