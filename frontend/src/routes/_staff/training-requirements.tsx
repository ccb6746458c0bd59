import { createFileRoute } from "@tanstack/react-router";
import { Requirements } from "@/features/training/Requirements.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-requirements")({
  validateSearch: anySearch,
  component: function Page() {
    return <Requirements />;
  },
});
