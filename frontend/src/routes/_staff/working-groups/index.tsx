import { createFileRoute } from "@tanstack/react-router";
import { Groups } from "@/features/posts/Groups.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/working-groups/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Groups />;
  },
});
