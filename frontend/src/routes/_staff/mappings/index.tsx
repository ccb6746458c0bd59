import { createFileRoute } from "@tanstack/react-router";
import { Mappings } from "@/features/mappings/Mappings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/mappings/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Mappings />;
  },
});
