import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** A link that looks like the deed it begins. */
export function LinkButton({ to, isPrimary, children }: { to: string; isPrimary?: boolean; children: ReactNode }) {
  return (
    <Link to={to as never} className={isPrimary ? "link-button primary" : "link-button"}>
      {children}
    </Link>
  );
}
