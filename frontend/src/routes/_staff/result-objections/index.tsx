import { createFileRoute } from "@tanstack/react-router";
import { Objections } from "@/features/results/Objections.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/result-objections/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Objections />;
  },
});
