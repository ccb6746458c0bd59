import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/lib/problems.ts";
import { readAgain, type Told } from "./differences.ts";
import { type Field, FormDialog, type Values } from "./FormDialog.tsx";
import { Overtaken } from "./Overtaken.tsx";
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
  const [told, setTold] = useState<Told | null>(null);
  const shown = allowed.filter((name) => name in deeds);
  const deed = asking ? deeds[asking] : undefined;
  const labelOf = (name: string): string => deeds[name]?.label ?? word(name, "deed");
  const run = async (name: string, values: Values): Promise<void> => {
    await deeds[name]?.run(values);
    message.success(t("common.done", { deed: labelOf(name) }));
    await queryClient.invalidateQueries();
  };
  const runPlain = async (name: string): Promise<void> => {
    try {
      await run(name, {});
    } catch (refusal) {
      message.error(problemOf(refusal).detail || problemOf(refusal).title);
      await queryClient.invalidateQueries();
    }
  };
  const ask = (name: string | null): void => {
    setTold(null);
    setAsking(name);
  };
  const isBarred = told !== null && asking !== null && !allowed.includes(asking);
  return (
    <>
      {shown.map((name, index) => (
        <Button
          key={name}
          type={index === 0 && !deeds[name]?.isDanger ? "primary" : "default"}
          danger={deeds[name]?.isDanger ?? false}
          onClick={() => (deeds[name]?.isPlain ? void runPlain(name) : ask(name))}
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
          run={(values) => run(asking, values)}
          onOvertaken={async () => setTold(await readAgain(queryClient))}
          overtaken={told && <Overtaken told={told} isBarred={isBarred} />}
          isBarred={isBarred}
          onClose={() => ask(null)}
        >
          {deed.extra}
        </FormDialog>
      )}
    </>
  );
}
