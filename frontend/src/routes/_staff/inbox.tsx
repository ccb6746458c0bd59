import { createFileRoute } from "@tanstack/react-router";
import { Inbox } from "@/features/inbox/Inbox.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/inbox")({
  validateSearch: anySearch,
  component: function Page() {
    return <Inbox />;
  },
});
