import { Button } from "antd";
import { useUrlState } from "./url.ts";

interface Props<Name extends string> {
  views: readonly (readonly [Name, string])[];
  now: Name;
  label: string;
  onChoose?: (name: Name) => void;
}

/** Several views of one page; which is open stands in the address, and the first is the one without a name. */
export function Views<Name extends string>({ views, now, label, onChoose }: Props<Name>) {
  const [, change] = useUrlState();
  const open = (name: Name) => change({ view: name === views[0]?.[0] ? undefined : name, at: undefined });
  return (
    <nav className="page-deeds views" aria-label={label}>
      {views.map(([name, title]) => (
        <Button
          key={name}
          aria-pressed={now === name}
          type={now === name ? "primary" : "default"}
          onClick={() => (onChoose ?? open)(name)}
        >
          {title}
        </Button>
      ))}
    </nav>
  );
}

/** Which of the views the address names, or the first. */
export function viewIn<Name extends string>(
  views: readonly (readonly [Name, string])[],
  named: string | undefined,
): Name {
  const [first] = views;
  if (!first) throw new Error("a page has a view");
  return (views.find(([name]) => name === named) ?? first)[0];
}
