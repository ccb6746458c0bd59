import { createFileRoute } from "@tanstack/react-router";
import { Callbacks } from "@/features/charges/Callbacks.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/payment-callbacks")({
  validateSearch: anySearch,
  component: function Page() {
    return <Callbacks />;
  },
});
