import { createFileRoute } from "@tanstack/react-router";
import { NewCorrection } from "@/features/results/Corrections.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/corrections/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewCorrection />;
  },
});
