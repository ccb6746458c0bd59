import { createFileRoute } from "@tanstack/react-router";
import { Endpoints } from "@/features/partners/Endpoints.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/webhook-endpoints/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Endpoints />;
  },
});
