import { createFileRoute } from "@tanstack/react-router";
import { Bulletin } from "@/features/public/Bulletins.tsx";

export const Route = createFileRoute("/public/bulletins/$bulletinId")({
  component: function BulletinPage() {
    return <Bulletin {...Route.useParams()} />;
  },
});
