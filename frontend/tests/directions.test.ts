import { expect, test } from "vitest";
import { breaches } from "../scripts/directions.ts";

const at = (path: string, text: string) => breaches([{ path, text }]);

test("an area that imports another is found", () => {
  expect(at("features/exams/A.tsx", 'import { B } from "@/features/credits/B.tsx";')).toHaveLength(1);
  expect(at("features/exams/A.tsx", 'import { B } from "./B.tsx";')).toEqual([]);
});

test("what is below may not know what is above", () => {
  expect(at("ui/staff/A.tsx", 'import { B } from "@/features/credits/B.tsx";')).toHaveLength(1);
  expect(at("lib/a.ts", 'const b = import("@/auth/session.ts");')).toHaveLength(1);
  expect(at("routes/a.tsx", 'import { B } from "@/features/credits/B.tsx";')).toEqual([]);
});

test("a light part that brings the component library is found", () => {
  expect(at("features/student_space/A.tsx", 'import { Button } from "antd";')).toHaveLength(1);
  expect(at("features/identity/A.tsx", 'import { B } from "@/ui/staff/B.tsx";')).toHaveLength(1);
});

test("a barrel and a file too long are found", () => {
  expect(at("features/exams/a.ts", 'export { b } from "./b.ts";')).toHaveLength(1);
  expect(at("features/exams/a.ts", "\n".repeat(301))).toHaveLength(1);
});
