import { createFileRoute } from "@tanstack/react-router";
import { Account } from "@/features/credits/Account.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-accounts/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Account key={id} studentId={id} />;
  },
});
