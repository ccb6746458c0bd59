import { createFileRoute } from "@tanstack/react-router";
import { AllHeldCertificates } from "@/features/training/HeldCertificates.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/teacher-certificates")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllHeldCertificates />;
  },
});
