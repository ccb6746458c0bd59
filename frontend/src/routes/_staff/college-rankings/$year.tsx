import { createFileRoute } from "@tanstack/react-router";
import { Ranking } from "@/features/supervision/Ranking.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/college-rankings/$year")({
  validateSearch: anySearch,
  component: function Page() {
    const { year } = Route.useParams();
    return <Ranking key={year} year={Number(year)} />;
  },
});
