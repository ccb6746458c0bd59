import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCheckpoints, proveInclusion } from "@/api/staff/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Facts } from "./Facts.tsx";
import { fromHex, isIncluded } from "./merkle.ts";
import "./log.css";

/** Says whether an entry is in the tamper-evident log, since which seal, and that this browser checked the proof. */
export function InLog({ log, leaf }: { log: string; leaf: string }) {
  const { t } = useTranslation("staff");
  const hash = fromHex(leaf);
  const answer = useQuery({
    queryKey: ["in-log", log, leaf],
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = { path: { log }, signal, throwOnError: true } as const;
      const proof = (
        await proveInclusion({ ...asked, query: { leaf: hash.replaceAll("+", "-").replaceAll("/", "_") } })
      ).data;
      const { items } = (await listCheckpoints({ ...asked, query: { page_size: 100 } })).data;
      // The first seal that is large enough is the one the entry came in by.
      const since = items.find((it) => it.size > proof.leaf_number);
      return { proof, since, isRight: await isIncluded(hash, proof) };
    },
  });
  if (answer.isPending) return <Waiting />;
  if (answer.error) {
    return problemOf(answer.error).status === 404 ? <p>{t("log.notYet")}</p> : <ProblemNote error={answer.error} />;
  }
  const { proof, since, isRight } = answer.data;
  return (
    <>
      <p className={isRight ? "verdict good" : "verdict bad"} role="status">
        {isRight
          ? `✓ ${t("log.included", { number: proof.leaf_number + 1, at: instant(since?.sealed_at), size: proof.size })}`
          : `✗ ${t("log.broken")}`}
      </p>
      <details>
        <summary>{t("log.how")}</summary>
        <p>{t("log.howSays", { count: proof.hashes.length })}</p>
        <Facts
          facts={[
            [t("log.leaf"), <code key="leaf">{hash}</code>],
            [t("log.root"), <code key="root">{proof.root}</code>],
          ]}
        />
      </details>
    </>
  );
}
