import { createFileRoute } from "@tanstack/react-router";
import { ProgressList } from "@/features/progress/ProgressList.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/progress")({
  validateSearch: anySearch,
  component: function Page() {
    return <ProgressList />;
  },
});
