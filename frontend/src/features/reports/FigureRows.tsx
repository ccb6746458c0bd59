import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listReportFigureRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ReportDetailOut, ReportFigureOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";

interface Props {
  report: ReportDetailOut;
  figure: ReportFigureOut;
  onClose: () => void;
}

type Side = "numerator" | "denominator";
type Moment = "closing" | "now";

/** The rows behind one side of a figure, as they counted at the closing instant or as they count now. */
export function FigureRows({ report, figure, onClose }: Props) {
  const { t, i18n } = useTranslation("staff");
  const [side, setSide] = useState<Side>("numerator");
  const [moment, setMoment] = useState<Moment>("closing");
  const [tokens, setTokens] = useState<readonly string[]>([]);
  const isChinese = i18n.language.startsWith("zh");
  const at = tokens.at(-1);
  const answer = useQuery({
    ...listReportFigureRowsOptions({
      path: { report_id: report.id, code: figure.code },
      query: { side, moment, page_size: 20, ...(at && { page_token: at }) },
    }),
    placeholderData: keepPreviousData,
  });
  const next = answer.data?.next_page_token;
  return (
    <Modal
      open
      width={860}
      title={t("periodic.rowsOf", { name: isChinese ? figure.name_zh : figure.name_en })}
      footer={null}
      onCancel={onClose}
      mask={{ closable: true }}
    >
      <div className="filters">
        <label className="filter">
          <span>{t("periodic.side")}</span>
          <select
            value={side}
            onChange={(event) => {
              setSide(event.target.value as Side);
              setTokens([]);
            }}
          >
            <option value="numerator">{t("periodic.numerator")}</option>
            {figure.denominator_zh && <option value="denominator">{t("periodic.denominator")}</option>}
          </select>
        </label>
        <label className="filter">
          <span>{t("periodic.moment")}</span>
          <select
            value={moment}
            onChange={(event) => {
              setMoment(event.target.value as Moment);
              setTokens([]);
            }}
          >
            <option value="closing">{t("periodic.atClosing")}</option>
            <option value="now">{t("periodic.now")}</option>
          </select>
        </label>
      </div>
      <p className="muted">
        {side === "numerator"
          ? isChinese
            ? figure.numerator_zh
            : figure.numerator_en
          : isChinese
            ? figure.denominator_zh
            : figure.denominator_en}
      </p>
      {answer.isPending && <Waiting />}
      {answer.error !== null && <ProblemNote error={answer.error} />}
      {answer.data?.items.length === 0 && <p>{t("periodic.noRows")}</p>}
      {answer.data && answer.data.items.length > 0 && (
        <Grid
          label={t("periodic.rowsBehind")}
          rows={answer.data.items}
          keyOf={(it) => it.object_id}
          columns={[
            { key: "label", title: t("periodic.row"), show: (it) => it.label },
            {
              key: "at",
              title: t("periodic.happenedAt"),
              show: (it) => (it.happened_at ? instant(it.happened_at) : "—"),
            },
            {
              key: "amount",
              title: t("periodic.amount"),
              show: (it) => (figure.unit === "credit_hundredths" ? (it.amount / 100).toFixed(2) : it.amount),
              isNumber: true,
            },
          ]}
        />
      )}
      <p>
        {tokens.length > 0 && <Button onClick={() => setTokens(tokens.slice(0, -1))}>{t("periodic.before")}</Button>}{" "}
        {next && <Button onClick={() => setTokens([...tokens, next])}>{t("periodic.more")}</Button>}
      </p>
    </Modal>
  );
}
