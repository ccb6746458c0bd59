import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

interface Props {
  to?: LinkProps["to"];
  params?: Record<string, string>;
  title: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
}

/** One line of a list; the whole of it is the link. */
export function Row({ to, params, title, note, end }: Props) {
  const inside = (
    <>
      <span className="row-text">
        <span className="row-title">{title}</span>
        {note && <span className="row-note">{note}</span>}
      </span>
      {end && <span className="row-end">{end}</span>}
      {to && <Icon name="next" />}
    </>
  );
  return (
    <li>
      {to ? (
        <Link to={to} params={params as never} className="row">
          {inside}
        </Link>
      ) : (
        <div className="row">{inside}</div>
      )}
    </li>
  );
}
