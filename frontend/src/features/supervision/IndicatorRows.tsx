import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCollegeIndicatorRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CollegeAssessmentDetailOut, IndicatorScoreOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useIndicatorWords } from "./indicators.tsx";

interface Props {
  assessment: CollegeAssessmentDetailOut;
  indicator: IndicatorScoreOut;
  onClose: () => void;
}

type Side = "numerator" | "denominator";

/** The rows behind one side of an indicator, as they counted at the year's closing instant. */
export function IndicatorRows({ assessment, indicator, onClose }: Props) {
  const { t } = useTranslation("staff");
  const say = useIndicatorWords();
  const [side, setSide] = useState<Side>("numerator");
  const [tokens, setTokens] = useState<readonly string[]>([]);
  const at = tokens.at(-1);
  const answer = useQuery({
    ...listCollegeIndicatorRowsOptions({
      path: { assessment_id: assessment.id, code: indicator.code },
      query: { side, page_size: 20, ...(at && { page_token: at }) },
    }),
    placeholderData: keepPreviousData,
  });
  const next = answer.data?.next_page_token;
  return (
    <Modal
      open
      width={860}
      title={t("supervise.rowsOf", { name: indicator.name })}
      footer={null}
      onCancel={onClose}
      mask={{ closable: true }}
    >
      <label className="filter">
        <span>{t("supervise.side")}</span>
        <select
          value={side}
          onChange={(event) => {
            setSide(event.target.value as Side);
            setTokens([]);
          }}
        >
          <option value="numerator">{t("supervise.numerator")}</option>
          <option value="denominator">{t("supervise.denominator")}</option>
        </select>
      </label>
      <p className="muted">{say[side](indicator)}</p>
      {answer.isPending && <Waiting />}
      {answer.error !== null && <ProblemNote error={answer.error} />}
      {answer.data?.items.length === 0 && <p>{t("supervise.noRows")}</p>}
      {answer.data && answer.data.items.length > 0 && (
        <Grid
          label={t("supervise.rowsOf", { name: indicator.name })}
          rows={answer.data.items}
          keyOf={(it) => it.object_id}
          columns={[
            { key: "label", title: t("supervise.row"), show: (it) => it.label },
            {
              key: "at",
              title: t("supervise.happenedAt"),
              show: (it) => (it.happened_at ? instant(it.happened_at) : "—"),
            },
            { key: "amount", title: t("supervise.amount"), show: (it) => it.amount, isNumber: true },
          ]}
        />
      )}
      <p>
        {tokens.length > 0 && <Button onClick={() => setTokens(tokens.slice(0, -1))}>{t("supervise.before")}</Button>}{" "}
        {next && <Button onClick={() => setTokens([...tokens, next])}>{t("supervise.more")}</Button>}
      </p>
    </Modal>
  );
}
