import { createFileRoute } from "@tanstack/react-router";
import { Problems } from "@/features/guidance/Problems.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/pilot-problems/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Problems />;
  },
});
