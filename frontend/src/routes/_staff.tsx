import { createFileRoute, redirect } from "@tanstack/react-router";
import { meOptions } from "@/auth/me.ts";
import { isSignedIn } from "@/auth/session.ts";
import { StaffShell } from "@/features/shell/StaffShell.tsx";
import { loadMessages } from "@/lib/i18n.ts";

/** Everything for staff: who is not signed in goes to sign in and comes back, a student goes to their own space. */
export const Route = createFileRoute("/_staff")({
  beforeLoad: async ({ context, location }) => {
    if (!isSignedIn()) throw redirect({ to: "/login", search: { to: location.href } });
    const [me] = await Promise.all([context.queryClient.ensureQueryData(meOptions), loadMessages("staff")]);
    if (me.owes.length > 0) throw redirect({ to: "/login", search: { to: location.href } });
    if (me.student_id) throw redirect({ href: "/m" });
  },
  component: StaffShell,
});
