import { createFileRoute } from "@tanstack/react-router";
import { NewSite } from "@/features/sites/SiteForm.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/sites/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewSite />;
  },
});
