import { createFileRoute } from "@tanstack/react-router";
import { Uploads } from "@/features/results/Uploads.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/result-uploads/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Uploads />;
  },
});
