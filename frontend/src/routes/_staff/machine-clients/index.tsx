import { createFileRoute } from "@tanstack/react-router";
import { Clients } from "@/features/people/Clients.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/machine-clients/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Clients />;
  },
});
