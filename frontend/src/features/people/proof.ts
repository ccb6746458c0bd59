/** Deeds on somebody's access ask who one is once more; the password goes with the deed and is kept nowhere. */

import { useTranslation } from "react-i18next";
import { proveAgain } from "@/api/staff/sdk.gen.ts";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";

export function useProof(): { fields: readonly Field[]; prove: (values: Values) => Promise<void> } {
  const { t } = useTranslation("staff");
  return {
    fields: [
      { name: "proof_password", label: t("people.ownPassword"), hint: t("people.ownPasswordHint"), type: "password" },
      { name: "proof_otp", label: t("people.ownCode"), isOptional: true },
    ],
    prove: async (values) => {
      await proveAgain({
        body: { password: values.proof_password ?? "", otp: values.proof_otp || null },
        throwOnError: true,
      });
    },
  };
}
