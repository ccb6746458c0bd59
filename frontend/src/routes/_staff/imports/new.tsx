import { createFileRoute } from "@tanstack/react-router";
import { NewImport } from "@/features/imports/NewImport.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/imports/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewImport />;
  },
});
