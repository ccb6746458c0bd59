import { createFileRoute } from "@tanstack/react-router";
import { Corrections } from "@/features/results/Corrections.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/corrections/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Corrections />;
  },
});
