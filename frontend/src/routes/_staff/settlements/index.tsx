import { createFileRoute } from "@tanstack/react-router";
import { Settlements } from "@/features/settlements/Settlements.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/settlements/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Settlements />;
  },
});
