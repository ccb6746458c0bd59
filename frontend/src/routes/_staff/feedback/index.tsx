import { createFileRoute } from "@tanstack/react-router";
import { FeedbackList } from "@/features/certificates/Feedback.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/feedback/")({
  validateSearch: anySearch,
  component: function Page() {
    return <FeedbackList />;
  },
});
