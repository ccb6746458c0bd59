import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";

/** What the API answers, or why it did not; nothing else is ever shown in its place. */
export function Loaded<Data, Failure, Key extends QueryKey>({
  options,
  children,
}: {
  options: UseQueryOptions<Data, Failure, Data, Key>;
  children: (data: Data) => ReactNode;
}) {
  const { data, error, isPending, refetch } = useQuery(options);
  if (data !== undefined) return children(data);
  if (isPending) return <Waiting />;
  return <ProblemNote error={error} onRetry={() => void refetch()} />;
}
