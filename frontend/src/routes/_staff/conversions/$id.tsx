import { createFileRoute } from "@tanstack/react-router";
import { Conversion } from "@/features/credits/Conversion.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/conversions/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Conversion key={id} id={id} />;
  },
});
