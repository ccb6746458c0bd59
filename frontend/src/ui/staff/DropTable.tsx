import type { DragEvent } from "react";

/** A place for one table: chosen, dropped, or reached by the keyboard. */
export function DropTable({ label, isBusy, onFile }: { label: string; isBusy: boolean; onFile: (file: File) => void }) {
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file && !isBusy) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  return (
    <label className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop} aria-busy={isBusy}>
      {label}
      <br />
      <input
        type="file"
        accept=".xlsx,.csv"
        disabled={isBusy}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </label>
  );
}
