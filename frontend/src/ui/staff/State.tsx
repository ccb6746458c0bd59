import { Tag } from "antd";
import { type Group, useWords } from "./words.ts";

const GOOD =
  /^(published|active|enrolled|admitted|approved|accepted|granted|valid|succeeded|applied|in_force|issued|done|upheld|locked|public_notice|deposited|confirmed|settled|available|used|placed|true|recognised|reviewed|stage_awarded|stage_passed|met|provided)$/;
const BAD =
  /^(refused|rejected|withdrawn|revoked|cancelled|failed|quarantined|person_unknown|format_refused|left|breach|blocked|disabled|exited|forfeited|at_risk|reversed|void|short)$/;
const WAITING =
  /^(draft|submitted|under_review|requested|waiting|offered|uploaded|previewed|proposed|queued|running|raised|open|sent|frozen|suspended|agreed|filed|pending|asked|reserved|returned|disputed|late|corrected_since|to_generate|to_send|kept|flagged|cuts|nominated|self_assessed|planned)$/;

/** A state by its word, with a colour as a second sign. */
export function State({ of, as }: { of: string | null | undefined; as?: Group }) {
  const word = useWords();
  const code = of ?? "";
  const color = GOOD.test(code) ? "success" : BAD.test(code) ? "error" : WAITING.test(code) ? "warning" : undefined;
  return <Tag {...(color && { color })}>{word(of, as)}</Tag>;
}
