import { Steps } from "antd";
import { useTranslation } from "react-i18next";

/** The way of an exit from its proposal to its decision, and where one is on it. */
export function ExitSteps({ at }: { at: number }) {
  const { t } = useTranslation("staff");
  const titles = [t("exits.which"), t("exits.why"), t("exits.check"), t("exits.teachOut"), t("exits.decision")];
  return (
    <section className="panel">
      <Steps size="small" current={at} items={titles.map((title) => ({ title }))} />
    </section>
  );
}
