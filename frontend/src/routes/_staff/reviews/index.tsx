import { createFileRoute } from "@tanstack/react-router";
import { Reviews } from "@/features/certificates/Reviews.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/reviews/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Reviews />;
  },
});
