import { createFileRoute } from "@tanstack/react-router";
import { AllReturns } from "@/features/programme_data/Returns.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/programme-returns/")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllReturns />;
  },
});
