import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useField } from "@/ui/staff/fields.ts";

/** The document stays where it is; what is kept is its number, its issuer and the digest of the file. */
export function DocumentFields() {
  const { t } = useTranslation("staff");
  const field = useField();
  const [digest, setDigest] = useState("");
  const take = async (file: File | undefined): Promise<void> => {
    if (file) setDigest(await digestOf(file));
  };
  // A campus may serve plain http, where the browser computes no digest: then it is typed in.
  const canCompute = "subtle" in crypto;
  return (
    <div className="both">
      <label className="field">
        <span>{field("document_number")}</span>
        <input name="number" required />
      </label>
      <label className="field">
        <span>{t("creditPolicies.issuer")}</span>
        <input name="issuer" required />
      </label>
      <label className="field">
        <span>{field("issued_on")}</span>
        <input name="issued_on" type="date" required />
      </label>
      <label className="field">
        <span>{field("hours")}</span>
        <input name="hours" type="number" min={1} />
      </label>
      {canCompute && (
        <label className="field">
          <span>{t("outcomes.file")}</span>
          <input type="file" onChange={(event) => void take(event.target.files?.[0])} />
          <small>{t("outcomes.fileHint")}</small>
        </label>
      )}
      <label className="field">
        <span>{t("outcomes.digest")}</span>
        <input
          name="digest"
          required
          pattern="[0-9a-f]{64}"
          value={digest}
          onChange={(event) => setDigest(event.target.value)}
        />
      </label>
    </div>
  );
}

async function digestOf(file: File): Promise<string> {
  const hashed = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(hashed), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
