import { createFileRoute } from "@tanstack/react-router";
import { Conversion } from "@/features/student_space/credits/Conversion.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/conversions/$conversionId")({
  beforeLoad: () => loadMessages("student-convert"),
  component: function ConversionPage() {
    return <Conversion {...Route.useParams()} />;
  },
});
