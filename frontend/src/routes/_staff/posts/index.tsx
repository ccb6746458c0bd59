import { createFileRoute } from "@tanstack/react-router";
import { Posts } from "@/features/posts/Posts.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/posts/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Posts />;
  },
});
