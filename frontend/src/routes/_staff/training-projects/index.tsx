import { createFileRoute } from "@tanstack/react-router";
import { Projects } from "@/features/training/Projects.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-projects/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Projects />;
  },
});
