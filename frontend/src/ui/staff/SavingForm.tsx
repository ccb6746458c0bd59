import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsByField, isConflict, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict } from "./Conflict.tsx";
import { type Changed, useOverwriting } from "./overwriting.ts";

interface Change<Copy> extends Changed<Copy> {
  /** What was entered, in the words in which a copy is told. */
  mine: (given: FormData) => Record<string, string>;
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
  const { over, sides: versions, compare } = useOverwriting(change);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = props.submit ?? t("common.save");
  const send = async (given: FormData): Promise<void> => {
    const saved = await save(over, given);
    message.success(t("common.done", { deed: props.title ?? submit }));
    await queryClient.invalidateQueries();
    await onSaved?.(saved);
  };
  const attempt = async (given: FormData): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await send(given).catch(async (refusal: unknown) => {
        if (change && isConflict(refusal)) await compare(change.mine(given));
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
    if (versions) await queryClient.invalidateQueries();
    onCancel?.();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void attempt(new FormData(event.currentTarget));
  };
  const sides = error !== null && isConflict(error) ? versions : null;
  const faults = error === null ? {} : faultsByField(problemOf(error));
  return (
    <form className="panel" onSubmit={onSubmit}>
      {props.title && <h2>{props.title}</h2>}
      {typeof props.children === "function" ? props.children(faults) : props.children}
      {sides && <Conflict {...sides} />}
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
