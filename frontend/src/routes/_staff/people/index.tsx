import { createFileRoute } from "@tanstack/react-router";
import { People } from "@/features/people/People.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/people/")({
  validateSearch: anySearch,
  component: function Page() {
    return <People />;
  },
});
