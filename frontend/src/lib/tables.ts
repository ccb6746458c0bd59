/** Sending a table as the bytes it is; the API reads what kind of file it is from its type. */

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What a call needs to send a file that somebody chose. */
export interface SentTable {
  body: Blob;
  bodySerializer: null;
  headers: { "Content-Type": string };
}

export async function sentTable(file: File): Promise<SentTable> {
  const type = file.name.toLowerCase().endsWith(".csv") ? "text/csv" : XLSX;
  return {
    body: new Blob([await file.arrayBuffer()], { type }),
    bodySerializer: null,
    headers: { "Content-Type": type },
  };
}
