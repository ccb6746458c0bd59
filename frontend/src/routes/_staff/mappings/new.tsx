import { createFileRoute } from "@tanstack/react-router";
import { Editor } from "@/features/mappings/Editor.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/mappings/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <Editor />;
  },
});
