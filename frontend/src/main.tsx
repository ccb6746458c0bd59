import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isSignedIn, onSession, startSession } from "@/auth/session.ts";
import { startLanguage } from "@/lib/i18n.ts";
import { keepOnDevice } from "@/lib/offline.ts";
import { makeQueryClient, makeRouter } from "./router.tsx";
import "./styles.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

startSession();
keepOnDevice();
const queryClient = makeQueryClient();
void Promise.all([makeRouter(queryClient), startLanguage()]).then(([router]) => {
  // Who signs out leaves nothing of theirs behind in memory.
  onSession(() => {
    if (!isSignedIn()) {
      queryClient.clear();
      void router.invalidate();
    }
  });
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
});
