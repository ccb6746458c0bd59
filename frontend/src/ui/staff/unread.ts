/** How many messages wait, asked again each minute while the page is looked at. */

import { useQuery } from "@tanstack/react-query";
import { countMessagesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";

export function useUnread(): number {
  const enabled = useMay()("messages:read");
  const { data } = useQuery({ ...countMessagesOptions(), enabled, refetchInterval: 60_000 });
  return data?.unread ?? 0;
}
