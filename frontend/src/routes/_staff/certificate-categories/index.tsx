import { createFileRoute } from "@tanstack/react-router";
import { Categories } from "@/features/qualifications/Categories.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/certificate-categories/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Categories />;
  },
});
