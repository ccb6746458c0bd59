/** What may be done with a term in a post: each deed with what it needs and what follows from it. */

import { useTranslation } from "react-i18next";
import { appointCollegePost, declineCollegePost, endCollegePost, handOverCollegePost } from "@/api/staff/sdk.gen.ts";
import type { CollegePostOut } from "@/api/staff/types.gen.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import type { Choice } from "@/ui/staff/names.ts";
import { holderIn } from "./holders.tsx";

export function usePostDeeds(holders: Choice[]): (it: CollegePostOut) => Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const document: Field = { name: "document", label: field("document_number") };
  return (it) => {
    const to = { path: { post_id: it.id }, throwOnError: true } as const;
    return {
      appoint: {
        label: t("posts.appoint"),
        consequence: t("posts.appointSays"),
        fields: [document],
        run: (values) => appointCollegePost({ ...to, body: { document: values.document ?? "" } }),
      },
      decline: {
        label: t("posts.decline"),
        consequence: t("posts.declineSays"),
        isDanger: true,
        fields: [{ name: "reason", label: field("reason"), type: "long" }],
        run: (values) => declineCollegePost({ ...to, body: { reason: values.reason ?? "" } }),
      },
      hand_over: {
        label: t("posts.handOver"),
        consequence: t("posts.handOverSays"),
        fields: [
          { name: "holder", label: t("posts.holder"), options: holders },
          { name: "held_from", label: t("posts.heldFrom"), type: "date" },
          { name: "held_to", label: t("posts.to"), type: "date", isOptional: true, hint: t("posts.openHint") },
          document,
          { name: "note", label: t("posts.note"), type: "long", isOptional: true },
        ],
        run: (values) =>
          handOverCollegePost({
            ...to,
            body: {
              holder: holderIn(values.holder),
              held_from: values.held_from ?? "",
              held_to: values.held_to || null,
              document: values.document ?? "",
              note: values.note || null,
            },
          }),
      },
      end: {
        label: t("posts.end"),
        consequence: t("posts.endSays"),
        isDanger: true,
        fields: [{ name: "held_to", label: t("posts.lastDay"), type: "date", initial: it.held_to ?? "" }, document],
        run: (values) =>
          endCollegePost({ ...to, body: { held_to: values.held_to ?? "", document: values.document ?? "" } }),
      },
    };
  };
}
