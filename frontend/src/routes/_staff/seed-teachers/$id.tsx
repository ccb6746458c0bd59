import { createFileRoute } from "@tanstack/react-router";
import { SeedTeacher } from "@/features/qualifications/SeedTeacher.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/seed-teachers/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <SeedTeacher key={id} id={id} />;
  },
});
