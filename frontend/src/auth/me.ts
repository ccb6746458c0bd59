/** Who is signed in and what they may do; asked of the API, never derived here. */

import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { readMe } from "@/api/light/sdk.gen.ts";
import type { MeOut } from "@/api/light/types.gen.ts";

export type Me = MeOut;

export const meOptions = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me> => (await readMe({ signal, throwOnError: true })).data,
});

export function useMe(): Me {
  return useSuspenseQuery(meOptions).data;
}

/** Whether the caller holds a permission, which is all that the menu and the buttons ask. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}

/** Where a person's own part of the application begins. */
export function homeOf(me: Me): "/m" | "/" {
  return me.student_id ? "/m" : "/";
}
