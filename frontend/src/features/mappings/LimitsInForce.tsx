import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listPolicyLimitsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { today } from "@/lib/format.ts";

/** The limits of policy that hold today, in their own words, beside what the draft comes to; the service judges. */
export function LimitsInForce({ levelId, credit }: { levelId: string; credit: number }) {
  const { t } = useTranslation("staff");
  const enabled = useMay()("policy_limits:read");
  const { data } = useQuery({
    ...listPolicyLimitsOptions({ query: { in_force_on: today(), page_size: 100 } }),
    enabled,
  });
  const limits = (data?.items ?? []).filter(
    (it) => !it.certificate_level_id || !levelId || it.certificate_level_id === levelId,
  );
  if (limits.length === 0) return null;
  return (
    <details className="limits">
      <summary>{t("limits.inForce", { count: limits.length, sum: credit.toFixed(2) })}</summary>
      <ul>
        {limits.map((it) => (
          <li key={it.id}>
            {it.saying} <span className="muted">{it.document_number}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
