import { createFileRoute } from "@tanstack/react-router";
import { OwnSittings } from "@/features/exam_days/OwnSittings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/own-sittings")({
  validateSearch: anySearch,
  component: function Page() {
    return <OwnSittings />;
  },
});
