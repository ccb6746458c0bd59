import { createFileRoute } from "@tanstack/react-router";
import { Conversions } from "@/features/credits/Conversions.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/conversions/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Conversions />;
  },
});
