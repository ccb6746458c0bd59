import { createFileRoute } from "@tanstack/react-router";
import { AllRegistrations } from "@/features/exams/Registrations.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/registrations/")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllRegistrations />;
  },
});
