import { createFileRoute } from "@tanstack/react-router";
import { CatchUp } from "@/features/credits/CatchUp.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-catch-ups")({
  validateSearch: anySearch,
  component: function Page() {
    return <CatchUp />;
  },
});
