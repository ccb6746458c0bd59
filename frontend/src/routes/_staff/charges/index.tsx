import { createFileRoute } from "@tanstack/react-router";
import { Charges } from "@/features/charges/Charges.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/charges/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Charges />;
  },
});
