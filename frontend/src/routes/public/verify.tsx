import { createFileRoute } from "@tanstack/react-router";
import { Verify } from "@/features/public/Verify.tsx";

export const Route = createFileRoute("/public/verify")({
  component: function VerifyPage() {
    return <Verify />;
  },
});
