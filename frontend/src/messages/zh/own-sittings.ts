/** The sittings of whoever examines. */
const own = {
  ownSittings: {
    hint: "您担任考官、监考或考评员的场次；开考前 24 小时起可以下载签到名单。",
    coming: "只看未结束的",
    none: "没有您的监考场次",
    noneHint: "安排您担任考务的场次会出现在这里。",
    next: "下一场：{{at}} · {{site}}",
    incidentsHint: "各场次登记的突发情况；由登记人以外的人确认后，后果才生效。",
    noIncidentsHint: "各场次登记的情况会出现在这里。",
    waitingVoucher: "凭证待确认",
  },
};
export default own;
export const ownMenu = { ownSittings: "我的监考", examIncidents: "考务事件" };
