/** A page for one test: its words, its address and its queries, and the API that MSW plays. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import i18next from "i18next";
import { HttpResponse } from "msw";
import type { ReactNode } from "react";
import { loadMessages, type Messages, startLanguage } from "@/lib/i18n.ts";

export async function speak(...messages: Messages[]): Promise<void> {
  if (!i18next.isInitialized) await startLanguage();
  await loadMessages(...messages);
}

/** Show something at an address; the answer tells where the address has gone. */
export function show(page: ReactNode, at = "/"): { search: () => Record<string, unknown>; path: () => string } {
  const root = createRootRoute({ component: () => <Outlet /> });
  const any = createRoute({ getParentRoute: () => root, path: "$", component: () => page });
  const first = createRoute({ getParentRoute: () => root, path: "/", component: () => page });
  const router = createRouter({
    routeTree: root.addChildren([first, any]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return { search: () => router.state.location.search, path: () => router.state.location.pathname };
}

export const REQUEST_ID = "7f3a2c";

/** A refusal as the API writes it. */
export function refusal(status: number, code: string, more: object = {}) {
  const body = {
    type: `/problems/${code}`,
    title: "不能这样做",
    detail: "原因在这里",
    status,
    code,
    request_id: REQUEST_ID,
    errors: [],
    figures: {},
    ...more,
  };
  return HttpResponse.json(body, { status, headers: { "content-type": "application/problem+json" } });
}
