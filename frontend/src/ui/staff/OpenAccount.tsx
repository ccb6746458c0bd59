import { useTranslation } from "react-i18next";
import { openCreditAccounts } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Deeds } from "./Deeds.tsx";

/** A student without an account, and the way to one. */
export function OpenAccount({ studentId }: { studentId: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const keyFor = useIdempotency();
  const body = { student_ids: [studentId] };
  return (
    <Empty title={t("accountOpening.noAccount")} hint={t("accountOpening.noAccountHint")}>
      <Deeds
        allowed={may("credit_accounts:open") ? ["open"] : []}
        deeds={{
          open: {
            label: t("accountOpening.open"),
            consequence: t("accountOpening.openOneSays"),
            run: () => openCreditAccounts({ body, headers: keyFor(body), throwOnError: true }),
          },
        }}
      />
    </Empty>
  );
}
