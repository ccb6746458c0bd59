import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { shareOwnAward } from "@/api/light/sdk.gen.ts";
import type { ShareField } from "@/api/light/types.gen.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useWord } from "../kit/words.ts";

const FIELDS: readonly ShareField[] = [
  "full_name",
  "certificate",
  "level",
  "organisation",
  "institution",
  "number",
  "issued_on",
  "score",
  "credit",
];
const SHOWN_AT_FIRST = new Set<ShareField>(["certificate", "level", "organisation", "issued_on"]);
const LIVES = [7, 30, 180, 365] as const;
const DAY_MS = 86_400_000;

/** A link is made in one form; its address is shown once, to be copied or sent. */
export function NewShare({ awardId }: { awardId: string }) {
  const { t } = useTranslation("student");
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  if (made) return <Made address={made} onClose={() => setMade(null)} />;
  if (!isOpen) {
    return (
      <button type="button" className="button wide" onClick={() => setOpen(true)}>
        {t("awards.shareNew")}
      </button>
    );
  }
  return (
    <Form
      awardId={awardId}
      onDone={(path) => {
        setOpen(false);
        if (path) setMade(`${location.origin}${path}`);
      }}
    />
  );
}

function Form({ awardId, onDone }: { awardId: string; onDone: (path: string | null) => void }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const queryClient = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    // A minute less than the days, so that a year is never more than a year by the service's clock.
    const until = Date.now() + Number(given.get("life")) * DAY_MS - 60_000;
    const most = Number(given.get("views_max") || 0);
    setBusy(true);
    try {
      const { data } = await shareOwnAward({
        path: { award_id: awardId },
        body: {
          fields: given.getAll("fields") as ShareField[],
          expires_at: new Date(until).toISOString(),
          views_max: most > 0 ? most : null,
        },
        throwOnError: true,
      });
      void queryClient.invalidateQueries();
      onDone(data.page_path);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <form className="deed" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{t("awards.shareFields")}</legend>
        <div className="checks">
          {FIELDS.map((field) => (
            <label key={field} className="check">
              <input type="checkbox" name="fields" value={field} defaultChecked={SHOWN_AT_FIRST.has(field)} />
              {word("shareField", field)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t("awards.shareLife")}</legend>
        <div className="checks">
          {LIVES.map((days) => (
            <label key={days} className="check">
              <input type="radio" name="life" value={days} defaultChecked={days === 30} />
              {t(`awards.shareLife${days}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="field">
        <span>{t("awards.shareViews")}</span>
        <input name="views_max" type="number" inputMode="numeric" min={1} max={10000} />
      </label>
      {error !== null && <ProblemNote error={error} />}
      <div className="deed-buttons">
        <button type="button" className="button plain" onClick={() => onDone(null)}>
          {t("deed.cancel")}
        </button>
        <button type="submit" className="button" disabled={isBusy}>
          {t("awards.shareMake")}
        </button>
      </div>
    </form>
  );
}

function Made({ address, onClose }: { address: string; onClose: () => void }) {
  const { t } = useTranslation(["student", "common"]);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(address);
    setCopied(true);
  };
  return (
    <div className="deed" role="status">
      <strong>{t("awards.shareMade")}</strong>
      <p className="code">{address}</p>
      <div className="deed-buttons">
        <button type="button" className="button plain" onClick={onClose}>
          {t("action.close", { ns: "common" })}
        </button>
        {"share" in navigator && (
          <button type="button" className="button plain" onClick={() => void navigator.share({ url: address })}>
            {t("awards.shareSend")}
          </button>
        )}
        <button type="button" className="button" onClick={() => void copy()}>
          {isCopied ? t("action.copied", { ns: "common" }) : t("awards.shareCopy")}
        </button>
      </div>
    </div>
  );
}
