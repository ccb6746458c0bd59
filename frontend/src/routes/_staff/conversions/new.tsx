import { createFileRoute } from "@tanstack/react-router";
import { NewConversion } from "@/features/credits/NewConversion.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/conversions/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewConversion />;
  },
});
