import { createFileRoute } from "@tanstack/react-router";
import { NewRecognitionPolicy } from "@/features/credits/NewRecognitionPolicy.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-policies/recognition")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewRecognitionPolicy />;
  },
});
