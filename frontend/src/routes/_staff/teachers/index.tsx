import { createFileRoute } from "@tanstack/react-router";
import { Teachers } from "@/features/registry/Teachers.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/teachers/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Teachers />;
  },
});
