import { createFileRoute } from "@tanstack/react-router";
import { Bulletins } from "@/features/publications/Bulletins.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/bulletins/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Bulletins />;
  },
});
