/** The sittings of whoever examines. */
const own = {
  ownSittings: {
    hint: "Sittings in which you examine, invigilate or assess; the list for checking in is to be had from 24 hours before.",
    coming: "Not over yet",
    none: "You examine nowhere",
    noneHint: "Sittings that you are booked for appear here.",
    next: "Next: {{at}} · {{site}}",
    incidentsHint: "What was reported of any sitting; nothing follows before another person has confirmed it.",
    noIncidentsHint: "What is reported of a sitting appears here.",
    waitingVoucher: "Voucher waits",
  },
};
export default own;
export const ownMenu = { ownSittings: "My sittings", examIncidents: "Exam incidents" };
