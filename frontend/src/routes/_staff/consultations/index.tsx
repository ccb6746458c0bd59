import { createFileRoute } from "@tanstack/react-router";
import { Consultations } from "@/features/guidance/Consultations.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/consultations/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Consultations />;
  },
});
