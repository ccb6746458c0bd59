import { useTranslation } from "react-i18next";
import { moveAwardPapers } from "@/api/staff/sdk.gen.ts";
import type { AwardOut } from "@/api/staff/types.gen.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useOptions } from "@/ui/staff/names.ts";

const DEEDS = ["print", "hand_over", "collect", "take_back", "print_again"];

interface Props {
  awards: readonly AwardOut[];
  /** On the page of one certificate nobody has to be told how many. */
  isOne?: boolean;
  done?: () => void;
}

/** What happened to the papers, of one certificate or of many; the API refuses a step that cannot be. */
export function MovePapers({ awards, isOne, done }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const steps = useOptions(DEEDS.map((it) => `paper_${it}`)).map((it) => ({
    ...it,
    value: it.value.replace("paper_", ""),
  }));
  return (
    <Deeds
      allowed={awards.length > 0 ? ["move"] : []}
      deeds={{
        move: {
          label: isOne ? t("awardPapers.moveOne") : t("awardPapers.move", { count: awards.length }),
          consequence: t("awardPapers.moveSays", { count: awards.length }),
          fields: [{ name: "deed", label: field("deeds"), options: steps }],
          run: async (it) => {
            const award_ids = awards.map((award) => award.id);
            await moveAwardPapers({ body: { deed: it.deed ?? "", award_ids }, throwOnError: true });
            done?.();
          },
        },
      }}
    />
  );
}
