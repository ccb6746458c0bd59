import { createFileRoute } from "@tanstack/react-router";
import { Units } from "@/features/posts/Units.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/lead-units/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Units />;
  },
});
