import { createFileRoute } from "@tanstack/react-router";
import { Classes } from "@/features/social_training/Classes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/social-classes/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Classes />;
  },
});
