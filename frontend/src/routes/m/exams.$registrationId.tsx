import { createFileRoute } from "@tanstack/react-router";
import { Registration } from "@/features/student_space/exams/Registration.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/exams/$registrationId")({
  beforeLoad: () => loadMessages("student-exams"),
  component: function RegistrationPage() {
    return <Registration {...Route.useParams()} />;
  },
});
