import { createFileRoute } from "@tanstack/react-router";
import { Consortia } from "@/features/qualifications/Consortia.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-consortia/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Consortia />;
  },
});
