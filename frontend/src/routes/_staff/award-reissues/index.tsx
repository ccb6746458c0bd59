import { createFileRoute } from "@tanstack/react-router";
import { Reissues } from "@/features/awards/Reissues.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/award-reissues/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Reissues />;
  },
});
