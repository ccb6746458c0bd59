import { createFileRoute } from "@tanstack/react-router";
import { NewNumberPattern } from "@/features/awards/NewNumberPattern.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/number-patterns/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewNumberPattern />;
  },
});
