import { createFileRoute, redirect } from "@tanstack/react-router";
import { homeOf, meOptions } from "@/auth/me.ts";
import { isSignedIn } from "@/auth/session.ts";
import { SignIn } from "@/features/identity/SignIn.tsx";

export const Route = createFileRoute("/login")({
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    // Only a path of our own: an address elsewhere would be a trap.
    typeof search.to === "string" && /^\/(?![/\\])/.test(search.to) ? { to: search.to } : {},
  beforeLoad: async ({ context, search }) => {
    if (!isSignedIn()) return { owing: null };
    const me = await context.queryClient.ensureQueryData(meOptions).catch(() => null);
    if (me && me.owes.length === 0) throw redirect({ href: search.to ?? homeOf(me) });
    return { owing: me };
  },
  component: function LoginPage() {
    return <SignIn to={Route.useSearch().to} owing={Route.useRouteContext().owing} />;
  },
});
