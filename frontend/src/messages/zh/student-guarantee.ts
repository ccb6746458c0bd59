const guarantee = {
  guarantee: {
    title: "保障性考核机会",
    says: "试点专业学生至少有一次由学校保障的考核机会，使用前不向您收取考核费用。",
    absences: "已无故缺考 {{count}} 次：第一次提醒，第二次视为已使用。",
    events: "使用记录",
  },
  guaranteeState: { available: "可使用", reserved: "已随报名占用", used: "已使用", forfeited: "已失去" },
  guaranteeDeed: {
    grant: "授予",
    reserve: "随报名占用",
    release: "释放",
    use: "参加考核，已使用",
    warn: "无故缺考，提醒",
    forfeit: "再次无故缺考，失去",
    restore: "恢复",
    correct: "更正",
  },
};
export default guarantee;
