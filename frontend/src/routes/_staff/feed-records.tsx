import { createFileRoute } from "@tanstack/react-router";
import { FeedRecords } from "@/features/reports/FeedRecords.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/feed-records")({
  validateSearch: anySearch,
  component: function Page() {
    return <FeedRecords />;
  },
});
