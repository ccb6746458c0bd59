import { createFileRoute } from "@tanstack/react-router";
import { CostSheets } from "@/features/fees/CostSheets.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/cost-sheets/")({
  validateSearch: anySearch,
  component: function Page() {
    return <CostSheets />;
  },
});
