import { createFileRoute } from "@tanstack/react-router";
import { Organisations } from "@/features/people/Organisations.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/organisations/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Organisations />;
  },
});
