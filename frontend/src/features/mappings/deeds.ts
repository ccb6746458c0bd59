/** What may be done with a rule: each deed with what it needs and what follows from it. */

import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  agreeMapping,
  approveMapping,
  fileMapping,
  openMappingNotice,
  publishMapping,
  reviseMapping,
  withdrawMapping,
} from "@/api/staff/sdk.gen.ts";
import type { MappingOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";

export function useMappingDeeds(mapping: MappingOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const to = { path: { mapping_id: mapping.id }, throwOnError: true } as const;
  return {
    agree: {
      consequence: t("mappings.agreeSays", { hash: mapping.content_hash.slice(0, 12) }),
      run: () => agreeMapping({ ...to, body: { content_hash: mapping.content_hash } }),
    },
    approve: { consequence: t("mappings.approveSays"), run: () => approveMapping(to) },
    file: {
      consequence: t("mappings.fileSays"),
      fields: [
        { name: "filing_number", label: field("filing_number") },
        { name: "filed_on", label: field("filed_on"), type: "date", initial: today() },
        { name: "document", label: field("document_number"), isOptional: true },
      ],
      run: (it) =>
        fileMapping({
          ...to,
          body: {
            filing_number: it.filing_number ?? "",
            filed_on: it.filed_on ?? "",
            document: it.document || null,
          },
        }),
    },
    open_notice: {
      consequence: t("mappings.noticeSays"),
      fields: [
        { name: "starts_on", label: field("starts_on"), type: "date", initial: today() },
        { name: "ends_on", label: field("ends_on"), type: "date" },
      ],
      run: (it) => openMappingNotice({ ...to, body: { starts_on: it.starts_on ?? "", ends_on: it.ends_on ?? "" } }),
    },
    publish: {
      consequence: t("mappings.publishSays"),
      fields: [
        { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
        { name: "effective_to", label: field("effective_to"), type: "date", isOptional: true },
      ],
      run: (it) =>
        publishMapping({
          ...to,
          body: { effective_from: it.effective_from ?? "", effective_to: it.effective_to || null },
        }),
    },
    revise: {
      consequence: t("mappings.reviseSays"),
      run: async () => {
        const { data } = await reviseMapping(to);
        await navigate({ to: `/mappings/${data.id}` as never });
      },
    },
    withdraw: {
      consequence: t("mappings.withdrawSays"),
      isDanger: true,
      typed: mapping.certificate_name,
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (it) => withdrawMapping({ ...to, body: { reason: it.reason ?? "" } }),
    },
  };
}
