import { createFileRoute } from "@tanstack/react-router";
import { Cycles } from "@/features/training/Cycles.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-cycles/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Cycles />;
  },
});
