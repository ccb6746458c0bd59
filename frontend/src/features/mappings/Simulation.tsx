import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { getSimulationOptions, listSimulationRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

// Charts are heavy and come after the figures they draw.
const Chart = lazy(() => import("@/ui/staff/Chart.tsx"));

export function Simulation({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const path = { simulation_id: id };
  const { data, error } = useQuery({
    ...getSimulationOptions({ path }),
    refetchInterval: (query) => (query.state.data?.finished_at ? false : 700),
  });
  const effects = useOptions(["gain", "lose", "same"]);
  if (error && !data) return <ProblemNote error={error} />;
  if (!data) return <Waiting />;
  const figures = data.figures;
  const tiles = figures
    ? ([
        ["students_concerned", figures.students_concerned],
        ["certificates", figures.certificates],
        ["credit_before", figures.credit_before],
        ["credit_after", figures.credit_after],
      ] as const)
    : [];
  return (
    <>
      <PageHead
        title={t("mappings.simulation")}
        hint={`${data.entry_year_from}–${data.entry_year_to} · ${data.is_current ? t("mappings.current") : t("mappings.stale")}`}
      />
      {!figures && <Waiting />}
      <div className="tiles">
        {tiles.map(([name, value]) => (
          <div key={name} className="tile">
            <strong>{value}</strong>
            <span>{word(name)}</span>
          </div>
        ))}
      </div>
      {figures && (
        <section className="panel">
          <h2>{t("mappings.effects")}</h2>
          <Suspense fallback={<Waiting />}>
            <Chart
              label={t("mappings.effects")}
              bars={(["gain", "lose", "same"] as const).map((it) => ({ name: word(it), value: figures[it] }))}
            />
          </Suspense>
        </section>
      )}
      {figures && (
        <List
          name="simulation-rows"
          label={t("mappings.rows")}
          options={(query) => listSimulationRowsOptions({ path, query })}
          keyOf={(it) => String(it.number)}
          filters={[{ name: "effect", label: t("mappings.effect"), options: effects }]}
          exports={{ path: `/v1/simulations/${id}:export`, file: "simulation.xlsx" }}
          columns={[
            { key: "student_number", title: field("student_number"), show: (it) => it.student_number },
            { key: "name", title: field("person"), show: (it) => it.student_name },
            { key: "before", title: word("credit_before"), show: (it) => it.credit_before, isNumber: true },
            { key: "after", title: word("credit_after"), show: (it) => it.credit_after, isNumber: true },
            { key: "effect", title: t("mappings.effect"), show: (it) => word(it.effect) },
            { key: "reason", title: field("reason"), show: (it) => word(it.reason_after) },
          ]}
          empty={{ title: t("mappings.noRows"), hint: t("mappings.noRowsHint") }}
        />
      )}
    </>
  );
}
