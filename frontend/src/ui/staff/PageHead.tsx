import type { ReactNode } from "react";
import { useEffect } from "react";

/** A page's title, its state and its deeds; the browser's tab says the same. */
export function PageHead({
  title,
  state,
  hint,
  children,
}: {
  title: string;
  state?: ReactNode;
  hint?: ReactNode;
  children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · 1+X`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        <h1>
          {title} {state}
        </h1>
        {hint && <p className="muted">{hint}</p>}
      </div>
      <div className="page-deeds">{children}</div>
    </header>
  );
}
