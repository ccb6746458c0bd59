import { useTranslation } from "react-i18next";
import { listAuditEventsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { DeedName } from "@/ui/staff/DeedName.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";

export function AuditPage() {
  const { t } = useTranslation("staff");
  const field = useField();
  // The file holds what the list shows, every page of it.
  const [search] = useUrlState();
  const { at: _, ...filters } = search;
  const asked = new URLSearchParams({ ...filters, format: "csv" }).toString();
  return (
    <>
      <PageHead title={t("menu.audit")} hint={t("audit.hint")} />
      <List
        name="audit"
        label={t("menu.audit")}
        options={(query) => listAuditEventsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[
          { name: "deed", label: t("audit.deed") },
          { name: "object_kind", label: t("audit.kind") },
          { name: "object_id", label: t("audit.object") },
          { name: "actor_id", label: t("audit.actor") },
          { name: "request_id", label: t("problem.requestId", { ns: "common" }) },
        ]}
        exports={{ path: `/v1/audit-events:export?${asked}`, file: "audit.csv" }}
        exportLabel={t("audit.export")}
        columns={[
          { key: "at", title: t("credits.at"), show: (it) => instant(it.recorded_at) },
          { key: "deed", title: t("audit.deed"), show: (it) => <DeedName deed={it.deed} /> },
          { key: "kind", title: t("audit.kind"), show: (it) => it.object_kind },
          { key: "object", title: t("audit.object"), show: (it) => <code>{it.object_id.slice(0, 13)}</code> },
          { key: "actor", title: t("audit.actor"), show: (it) => <code>{it.actor_id.slice(0, 13)}</code> },
          { key: "from", title: field("address"), show: (it) => it.client_agent ?? it.actor_kind },
          {
            key: "request",
            title: t("problem.requestId", { ns: "common" }),
            show: (it) => <code>{it.request_id.slice(0, 12)}</code>,
          },
        ]}
        empty={{ title: t("audit.none"), hint: t("audit.noneHint") }}
      />
    </>
  );
}
