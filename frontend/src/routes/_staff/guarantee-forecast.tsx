import { createFileRoute } from "@tanstack/react-router";
import { Forecast } from "@/features/settlements/Forecast.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/guarantee-forecast")({
  validateSearch: anySearch,
  component: function Page() {
    return <Forecast />;
  },
});
