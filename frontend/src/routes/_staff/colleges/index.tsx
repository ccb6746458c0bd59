import { createFileRoute } from "@tanstack/react-router";
import { Colleges } from "@/features/registry/Colleges.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/colleges/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Colleges />;
  },
});
