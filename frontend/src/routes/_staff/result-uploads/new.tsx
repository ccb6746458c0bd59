import { createFileRoute } from "@tanstack/react-router";
import { NewUpload } from "@/features/results/NewUpload.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/result-uploads/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewUpload />;
  },
});
