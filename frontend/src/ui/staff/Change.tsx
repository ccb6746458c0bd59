import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Field, FormDialog, type Values } from "./FormDialog.tsx";
import { useWords } from "./words.ts";

interface Props<Shown extends object> {
  shown: Shown;
  /** The fields with what they begin with; what others saved meanwhile is compared by them too. */
  fields: (shown: Shown) => readonly Field[];
  /** Sends the change, checked against the object as it was when the form was opened, or as it was shown in a conflict. */
  run: (shown: Shown, values: Values) => Promise<unknown>;
  /** Reads the object as it is now, when somebody else saved meanwhile. */
  read: () => Promise<Shown>;
  label?: string;
  consequence?: ReactNode;
}

const initials = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial ?? ""]));

/** Changes an object from what was shown when its form was opened: whoever saved meanwhile is not overwritten. */
export function Change<Shown extends object>({ shown, fields, run, read, label, consequence }: Props<Shown>) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState<Shown | null>(null);
  const title = label ?? t("common.edit");
  const asked = opened ? fields(opened) : [];
  /** An id says nothing to a person: the conflict is told with the names of what was chosen. */
  const told = (values: Values): Values =>
    Object.fromEntries(
      asked.map(({ name, options, type }) => {
        const value = values[name] ?? "";
        if (type === "check") return [name, word(String(value === "on"))];
        return [name, options?.find((it) => it.value === value)?.label ?? value];
      }),
    );
  return (
    <>
      <Button onClick={() => setOpened(shown)}>{title}</Button>
      {opened && (
        <FormDialog
          title={title}
          submit={t("common.save")}
          fields={asked}
          {...(consequence && { consequence })}
          run={async (values, over = opened) => {
            await run(over, values);
            message.success(t("common.done", { deed: title }));
            await queryClient.invalidateQueries();
          }}
          change={{
            shown: opened,
            read,
            told: (copy) => told(initials(fields(copy))),
            mine: told,
            labels: Object.fromEntries(asked.map(({ name, label }) => [name, label])),
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}
