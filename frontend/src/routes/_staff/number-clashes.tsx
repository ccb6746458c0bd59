import { createFileRoute } from "@tanstack/react-router";
import { NumberClashes } from "@/features/awards/Numbers.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/number-clashes")({
  validateSearch: anySearch,
  component: function Page() {
    return <NumberClashes />;
  },
});
