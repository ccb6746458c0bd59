import { createFileRoute } from "@tanstack/react-router";
import { Awards } from "@/features/awards/Awards.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/awards/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Awards />;
  },
});
