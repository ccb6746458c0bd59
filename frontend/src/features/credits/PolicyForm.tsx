import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { today } from "@/lib/format.ts";
import { FormDialog, type Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";

interface Props {
  title: string;
  hint: string;
  consequence: string;
  children: ReactNode;
  canLoad: boolean;
  load: (values: Values) => Promise<unknown>;
  view: string;
}

/** A policy with its document and its first day; what it says stands above, and is asked about once more. */
export function PolicyForm({ title, hint, consequence, children, canLoad, load, view }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsking(true);
  };
  return (
    <>
      <PageHead title={title} hint={hint} />
      <form className="panel" onSubmit={ask}>
        {children}
        <p>
          <Button type="primary" htmlType="submit" disabled={!canLoad}>
            {t("creditPolicies.next")}
          </Button>
        </p>
      </form>
      {isAsking && (
        <FormDialog
          title={title}
          consequence={consequence}
          fields={[
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
          ]}
          submit={t("creditPolicies.load")}
          run={async (values) => {
            await load(values);
            await navigate({ to: `/credit-policies?view=${view}` as never });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
