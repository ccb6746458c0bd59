import { createFileRoute, redirect } from "@tanstack/react-router";
import { isSignedIn } from "@/auth/session.ts";
import { StudentSpace } from "@/features/student_space/StudentSpace.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m")({
  beforeLoad: async ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: "/login", search: { to: location.href } });
    await loadMessages("student");
  },
  component: StudentSpace,
});
