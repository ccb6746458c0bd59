import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listSimulationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { simulateMapping } from "@/api/staff/sdk.gen.ts";
import type { MappingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";

/** What the rule would do to a cohort, worked out before anybody agrees to it. */
export function Simulations({ mapping }: { mapping: MappingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="panel">
      <h2>{t("mappings.simulations")}</h2>
      {may("mappings:simulate") && <Button onClick={() => setAsking(true)}>{t("mappings.simulate")}</Button>}
      <Loaded options={listSimulationsOptions({ query: { mapping_id: mapping.id, page_size: 10 } })}>
        {(page) => (
          <ul>
            {page.items.map((it) => (
              <li key={it.id}>
                <Link to={`/simulations/${it.id}` as never}>
                  {it.entry_year_from}–{it.entry_year_to} · {instant(it.requested_at)}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {isAsking && (
        <FormDialog
          title={t("mappings.simulate")}
          consequence={t("mappings.simulateSays")}
          submit={t("mappings.simulate")}
          fields={[
            {
              name: "entry_year_from",
              label: `${field("entry_year")} ≥`,
              type: "number",
              initial: String(mapping.entry_year_from),
            },
            {
              name: "entry_year_to",
              label: `${field("entry_year")} ≤`,
              type: "number",
              initial: String(mapping.entry_year_to),
            },
          ]}
          run={async (values) => {
            await simulateMapping({
              path: { mapping_id: mapping.id },
              body: { entry_year_from: Number(values.entry_year_from), entry_year_to: Number(values.entry_year_to) },
              throwOnError: true,
            });
            await queryClient.invalidateQueries();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
