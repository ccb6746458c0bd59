import { createFileRoute } from "@tanstack/react-router";
import { FeedbackItem } from "@/features/certificates/Feedback.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/feedback/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <FeedbackItem key={id} id={id} />;
  },
});
