import { Icon, type IconName } from "./Icon.tsx";

export type Tone = "good" | "wait" | "bad" | "plain";

const ICONS: Record<Tone, IconName> = { good: "check", wait: "clock", bad: "cross", plain: "note" };

/** A state as a word with a drawing, so that no colour alone says it. */
export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`tag tag-${tone}`}>
      <Icon name={ICONS[tone]} />
      {children}
    </span>
  );
}
