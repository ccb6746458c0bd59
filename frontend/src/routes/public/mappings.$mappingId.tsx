import { createFileRoute } from "@tanstack/react-router";
import { Mapping } from "@/features/public/Mapping.tsx";

export const Route = createFileRoute("/public/mappings/$mappingId")({
  component: function MappingPage() {
    return <Mapping {...Route.useParams()} />;
  },
});
