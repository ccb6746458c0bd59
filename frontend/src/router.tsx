import { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { problemOf } from "@/lib/problems.ts";
import { Failure } from "@/ui/light/Failure.tsx";
import { NotFound } from "@/ui/light/NotFound.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { routeTree as lightTree } from "./lightTree.gen.ts";
import type { routeTree } from "./routeTree.gen.ts";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays a refusal; only what got no answer is asked again.
        retry: (count, error) => problemOf(error).status === 0 && count < 2,
        refetchOnWindowFocus: true,
        // Without a network the worker answers with what it kept; waiting for one would show nothing.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

const LIGHT = /^\/(m|login|public)(\/|$)/;

/** Phones and the public load only their own routes; whoever begins elsewhere loads all of them. */
async function treeOf(path: string): Promise<typeof routeTree> {
  // The light tree is a part of the whole one, by whose types links are checked.
  if (LIGHT.test(path)) return lightTree as unknown as typeof routeTree;
  return (await import("./routeTree.gen.ts")).routeTree;
}

/** What the light tree does not have may be the staff's: then the page is loaded anew, with all routes. */
function Beyond() {
  const isStaffs = !LIGHT.test(location.pathname);
  useEffect(() => {
    if (isStaffs) location.reload();
  }, [isStaffs]);
  return isStaffs ? <Waiting /> : <NotFound />;
}

export async function makeRouter(queryClient: QueryClient) {
  const tree = await treeOf(location.pathname);
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    // A skeleton only when the wait is long enough to be noticed.
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Failure,
    defaultNotFoundComponent: LIGHT.test(location.pathname) ? Beyond : NotFound,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: Awaited<ReturnType<typeof makeRouter>>;
  }
}
