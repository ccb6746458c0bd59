import { createFileRoute } from "@tanstack/react-router";
import { Upload } from "@/features/results/Upload.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/result-uploads/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Upload key={id} id={id} />;
  },
});
