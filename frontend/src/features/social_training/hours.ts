/** Hours as people write them, and the tenths the API counts. */

export function hoursOf(tenths: number): string {
  return (tenths / 10).toFixed(1);
}

export function tenthsOf(hours: string | undefined): number {
  return Math.round(Number(hours ?? "") * 10);
}
