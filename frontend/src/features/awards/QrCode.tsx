import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getVerificationQr } from "@/api/staff/sdk.gen.ts";
import type { AwardOut } from "@/api/staff/types.gen.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";

/** The code that leads whoever scans it to the verification of the newest paper. */
export function QrCode({ award }: { award: AwardOut }) {
  const { t } = useTranslation("staff");
  const answer = useQuery({
    queryKey: ["verification-qr", award.verification_code],
    queryFn: async ({ signal }) => {
      const path = { award_id: award.id };
      const { data } = await getVerificationQr({ path, signal, parseAs: "blob", throwOnError: true });
      return data as unknown as Blob;
    },
  });
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!answer.data) return;
    const url = URL.createObjectURL(answer.data);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [answer.data]);
  const file = `/v1/awards/${award.id}/verification-qr?form=png`;
  return (
    <section className="panel">
      <h2>{t("awardPapers.qr")}</h2>
      {answer.error && <ProblemNote error={answer.error} />}
      {address && <img src={address} alt={t("awardPapers.qrAlt", { number: award.number })} width={160} height={160} />}
      <p>
        <a href={`/v/${award.verification_code}`} target="_blank" rel="noreferrer">
          {t("awardPapers.verify")}
        </a>{" "}
        <Button size="small" onClick={() => void download(file, `${award.number}.png`)}>
          {t("awardPapers.qrFile")}
        </Button>
      </p>
    </section>
  );
}
