import { createFileRoute } from "@tanstack/react-router";
import { OwnTeacher } from "@/features/registry/OwnTeacher.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/own-teacher")({
  validateSearch: anySearch,
  component: function Page() {
    return <OwnTeacher />;
  },
});
