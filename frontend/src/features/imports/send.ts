/** Sending a table to be imported. */

import { sendImport } from "@/api/staff/sdk.gen.ts";
import { sentTable } from "@/lib/tables.ts";

export interface Sent {
  kind: string;
  mode: "delta" | "full";
  file: File;
}

export async function send({ kind, mode, file }: Sent): Promise<string> {
  const { data } = await sendImport({ query: { kind, mode }, ...(await sentTable(file)), throwOnError: true });
  return data.import_id;
}
