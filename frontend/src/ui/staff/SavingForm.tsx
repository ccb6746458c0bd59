import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsByField, isConflict, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Sides } from "./Conflict.tsx";

/** What a change is checked against, and how two versions of it stand side by side. */
interface Change<Copy> {
  /** The copy that was shown when the form was opened. */
  shown: Copy;
  /** Reads it as it is now. */
  read: () => Promise<Copy>;
  /** A copy in the words of its form's fields, where those are not the copy's own. */
  told?: (copy: Copy) => object;
  /** What was entered, in the same words. */
  mine: (given: FormData) => Record<string, string>;
  labels?: Record<string, string>;
}

interface Props<Copy, Saved> {
  title?: string;
  /** What is changed; without it something new is made. */
  change?: Change<Copy> | undefined;
  /** Sends what was entered, over the copy whose version whoever saves has seen. */
  save: (over: Copy | undefined, given: FormData) => Promise<Saved>;
  /** Is called when everything on the page has been read again, so that the next deed has what was saved. */
  onSaved?: (saved: Saved) => unknown;
  onCancel?: () => void;
  submit?: string;
  isBarred?: boolean;
  children: ReactNode | ((faults: Record<string, string>) => ReactNode);
}

/** A form that stands on its page: refused with the reason beside it, and nobody overwrites what they have not seen. */
export function SavingForm<Copy extends object, Saved>(props: Props<Copy, Saved>) {
  const { change, save, onSaved, onCancel } = props;
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [over, setOver] = useState(change?.shown);
  const [sides, setSides] = useState<Parameters<typeof Sides>[0] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = props.submit ?? t("common.save");
  const send = async (given: FormData): Promise<void> => {
    const saved = await save(over, given);
    message.success(t("common.done", { deed: props.title ?? submit }));
    await queryClient.invalidateQueries();
    await onSaved?.(saved);
  };
  const compare = async (given: FormData): Promise<void> => {
    if (!change || !over) return;
    const { told = (copy: Copy): object => copy, labels } = change;
    const theirs = await change.read();
    setSides({ was: told(over), theirs: told(theirs), mine: change.mine(given), ...(labels && { labels }) });
    setOver(theirs);
  };
  const attempt = async (given: FormData): Promise<void> => {
    setBusy(true);
    setError(null);
    setSides(null);
    try {
      await send(given).catch(async (refusal: unknown) => {
        if (isConflict(refusal)) await compare(given);
        throw refusal;
      });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const leave = async (): Promise<void> => {
    // Whoever saw what others saved goes on from there.
    if (sides) await queryClient.invalidateQueries();
    onCancel?.();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void attempt(new FormData(event.currentTarget));
  };
  const faults = error === null ? {} : faultsByField(problemOf(error));
  return (
    <form className="panel" onSubmit={onSubmit}>
      {props.title && <h2>{props.title}</h2>}
      {typeof props.children === "function" ? props.children(faults) : props.children}
      {sides && <Sides {...sides} />}
      {error !== null && <ProblemNote error={error} />}
      <p className="page-deeds">
        <Button
          type="primary"
          htmlType="submit"
          danger={sides !== null}
          loading={isBusy}
          disabled={props.isBarred ?? false}
        >
          {sides ? t("conflict.overwrite") : submit}
        </Button>
        {onCancel && (
          <Button onClick={() => void leave()}>{sides ? t("conflict.takeTheirs") : t("common.cancel")}</Button>
        )}
      </p>
    </form>
  );
}
