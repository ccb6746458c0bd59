import { createFileRoute } from "@tanstack/react-router";
import { Programmes } from "@/features/registry/Programmes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/programmes/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Programmes />;
  },
});
