import { createFileRoute } from "@tanstack/react-router";
import { Cases } from "@/features/publications/Cases.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/typical-cases/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Cases />;
  },
});
