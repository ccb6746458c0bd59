import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Field, FormDialog, type Values } from "./FormDialog.tsx";
import { useWords } from "./words.ts";

export interface Deed {
  run: (values: Values) => Promise<unknown>;
  fields?: readonly Field[];
  consequence?: ReactNode;
  isDanger?: boolean;
  typed?: string;
  /** Does something at once, without asking: only for what is easily undone. */
  isPlain?: boolean;
  label?: string;
  conflict?: (mine: Values) => ReactNode;
  /** Controls of its own kind, sent with the fields by their names. */
  extra?: ReactNode;
}

/** The buttons for what the API says may be done next; each spells out what it will do before it is done. */
export function Deeds({ allowed, deeds }: { allowed: readonly string[]; deeds: Record<string, Deed> }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<string | null>(null);
  const shown = allowed.filter((name) => name in deeds);
  const deed = asking ? deeds[asking] : undefined;
  const labelOf = (name: string): string => deeds[name]?.label ?? word(name, "deed");
  const run = async (name: string, values: Values): Promise<void> => {
    await deeds[name]?.run(values);
    message.success(t("common.done", { deed: labelOf(name) }));
    await queryClient.invalidateQueries();
  };
  return (
    <>
      {shown.map((name, index) => (
        <Button
          key={name}
          type={index === 0 && !deeds[name]?.isDanger ? "primary" : "default"}
          danger={deeds[name]?.isDanger ?? false}
          onClick={() => (deeds[name]?.isPlain ? void run(name, {}) : setAsking(name))}
        >
          {labelOf(name)}
        </Button>
      ))}
      {asking && deed && (
        <FormDialog
          title={labelOf(asking)}
          submit={labelOf(asking)}
          {...(deed.fields && { fields: deed.fields })}
          {...(deed.consequence && { consequence: deed.consequence })}
          {...(deed.typed && { typed: deed.typed })}
          {...(deed.isDanger && { isDanger: true })}
          {...(deed.conflict && { conflict: deed.conflict })}
          run={(values) => run(asking, values)}
          onClose={() => setAsking(null)}
        >
          {deed.extra}
        </FormDialog>
      )}
    </>
  );
}
