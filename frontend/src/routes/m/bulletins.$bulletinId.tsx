import { createFileRoute } from "@tanstack/react-router";
import { Bulletin } from "@/features/student_space/me/Bulletins.tsx";

export const Route = createFileRoute("/m/bulletins/$bulletinId")({
  component: function BulletinPage() {
    return <Bulletin {...Route.useParams()} />;
  },
});
