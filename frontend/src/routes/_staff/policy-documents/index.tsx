import { createFileRoute } from "@tanstack/react-router";
import { Policies } from "@/features/publications/Policies.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-documents/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Policies />;
  },
});
