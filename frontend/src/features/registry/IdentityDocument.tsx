import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { revealIdentityDocument } from "@/api/staff/sdk.gen.ts";
import type { StudentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";

/** The number stays masked; seeing it in full takes a reason, which is recorded. */
export function IdentityDocument({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const { modal } = App.useApp();
  const [isAsking, setAsking] = useState(false);
  const reveal = async (reason: string): Promise<void> => {
    const { data } = await revealIdentityDocument({
      path: { student_id: student.id },
      body: { reason },
      throwOnError: true,
    });
    modal.info({ title: student.name, content: <code>{data.number}</code> });
  };
  return (
    <>
      {student.masked_document_number}{" "}
      {may("identity_documents:reveal") && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t("registry.reveal")}
        </Button>
      )}
      {isAsking && (
        <FormDialog
          title={t("registry.reveal")}
          consequence={t("registry.revealSays")}
          fields={[{ name: "reason", label: t("field.reason"), type: "long" }]}
          submit={t("registry.reveal")}
          run={(values) => reveal(values.reason ?? "")}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
