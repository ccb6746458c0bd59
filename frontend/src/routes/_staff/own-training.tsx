import { createFileRoute } from "@tanstack/react-router";
import { OwnTraining } from "@/features/training/OwnTraining.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/own-training")({
  validateSearch: anySearch,
  component: function Page() {
    return <OwnTraining />;
  },
});
