import { createFileRoute } from "@tanstack/react-router";
import { Own } from "@/features/people/Own.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/account")({
  validateSearch: anySearch,
  component: function Page() {
    return <Own />;
  },
});
