import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { canScan, codeIn, scan } from "./scan.ts";

/** To the page of a code, which the service writes and which needs no script. */
function go(code: string): void {
  location.assign(`/v/${encodeURIComponent(code)}`);
}

/** A certificate's code, typed or scanned. */
export function Verify({ onCode = go }: { onCode?: (code: string) => void }) {
  const { t } = useTranslation("public");
  const [isScanning, setScanning] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = codeIn(String(new FormData(event.currentTarget).get("code") ?? ""));
    if (code) onCode(code);
  };
  return (
    <>
      <h1>{t("verify.title")}</h1>
      <p className="muted">{t("verify.lead")}</p>
      <form className="card" onSubmit={submit}>
        <label className="field">
          <span>{t("verify.code")}</span>
          <input name="code" required maxLength={400} autoComplete="off" autoCapitalize="off" spellCheck={false} />
        </label>
        <button type="submit" className="button wide">
          {t("verify.go")}
        </button>
      </form>
      {!canScan() && <p className="muted">{t("verify.noCamera")}</p>}
      {canScan() && !isScanning && (
        <button type="button" className="button plain wide" onClick={() => setScanning(true)}>
          {t("verify.scan")}
        </button>
      )}
      {isScanning && <Camera onCode={onCode} onClose={() => setScanning(false)} />}
    </>
  );
}

function Camera({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const { t } = useTranslation("public");
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onCode);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    if (video.current) {
      scan(video.current, ending.signal)
        .then((code) => code && !ending.signal.aborted && found.current(code))
        .catch(() => setRefused(true));
    }
    return () => ending.abort();
  }, []);
  return (
    <div className="card" role="status">
      {isRefused ? <p>{t("verify.refused")}</p> : <p>{t("verify.hold")}</p>}
      <video ref={video} className="camera" muted playsInline hidden={isRefused} aria-label={t("verify.camera")} />
      <button type="button" className="button plain wide" onClick={onClose}>
        {t("verify.stop")}
      </button>
    </div>
  );
}
