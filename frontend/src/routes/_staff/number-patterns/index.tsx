import { createFileRoute } from "@tanstack/react-router";
import { NumberPatterns } from "@/features/awards/Numbers.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/number-patterns/")({
  validateSearch: anySearch,
  component: function Page() {
    return <NumberPatterns />;
  },
});
