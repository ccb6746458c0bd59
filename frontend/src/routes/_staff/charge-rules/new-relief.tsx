import { createFileRoute } from "@tanstack/react-router";
import { NewRelief } from "@/features/charges/NewRelief.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/charge-rules/new-relief")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewRelief />;
  },
});
