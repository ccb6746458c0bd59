import { createFileRoute } from "@tanstack/react-router";
import { Surveys } from "@/features/guidance/Surveys.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/surveys/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Surveys />;
  },
});
