import { createFileRoute } from "@tanstack/react-router";
import { Ledger } from "@/features/ledger/Ledger.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/ledger")({
  validateSearch: anySearch,
  component: function Page() {
    return <Ledger />;
  },
});
