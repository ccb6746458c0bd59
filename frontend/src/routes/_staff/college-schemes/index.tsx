import { createFileRoute } from "@tanstack/react-router";
import { Schemes } from "@/features/supervision/Schemes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/college-schemes/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Schemes />;
  },
});
