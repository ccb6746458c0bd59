/** A well-formed identity number of nobody, born on a day that no other story uses, another in each telling (GB 11643). */
export function madeUpNumber(bornOn: string): string {
  const digits = `110105${bornOn}${String(Date.now()).slice(-3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return `${digits}${"10X98765432"[sum % 11]}`;
}
