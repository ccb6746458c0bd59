import { createFileRoute } from "@tanstack/react-router";
import { Imports } from "@/features/imports/Imports.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/imports/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Imports />;
  },
});
