import { createFileRoute } from "@tanstack/react-router";
import { Students } from "@/features/registry/Students.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/students/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Students />;
  },
});
