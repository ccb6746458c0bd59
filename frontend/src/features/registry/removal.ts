/** Taking something out of the register; the API refuses while others depend on it, and says which. */

import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Deed } from "@/ui/staff/Deeds.tsx";

export function useRemoval(name: string, typed: string, remove: () => Promise<unknown>, to: string): Deed {
  const { t } = useTranslation("staff");
  const navigate = useNavigate();
  return {
    consequence: t("record.removeSays", { name }),
    isDanger: true,
    typed,
    run: async () => {
      await remove();
      await navigate({ to: to as never });
    },
  };
}
