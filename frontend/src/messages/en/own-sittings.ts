/** The sittings of whoever examines. */
const own = {
  ownSittings: {
    hint: "Sittings in which you examine, invigilate or assess; the list for checking in is to be had from 24 hours before.",
    coming: "Not over yet",
    none: "You examine nowhere",
    noneHint: "Sittings that you are booked for appear here.",
    next: "Next: {{at}} · {{site}}",
  },
};
export default own;
export const ownMenu = { ownSittings: "My sittings" };
