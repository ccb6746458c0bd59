import { createFileRoute } from "@tanstack/react-router";
import { Certificates } from "@/features/certificates/Certificates.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/certificates/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Certificates />;
  },
});
