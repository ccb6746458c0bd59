import { useTranslation } from "react-i18next";
import { getMailAddressOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmMailAddress, giveMailAddress, removeMailAddress } from "@/api/staff/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";

/** Where messages go by mail too: given, proven by the code that was sent there, or taken back. */
export function MailAddress() {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("mail.title")}</h2>
      <p className="muted">{t("mail.hint")}</p>
      <Loaded options={getMailAddressOptions()}>
        {(it) => {
          const state = it.refused_at ? "refused" : it.confirmed_at ? "confirmed" : "pending";
          const next =
            it.address === null ? ["give"] : it.confirmed_at ? ["give", "remove"] : ["confirm", "give", "remove"];
          return (
            <>
              {it.address === null ? (
                <p>{t("mail.none")}</p>
              ) : (
                <Facts
                  facts={[
                    [t("mail.address"), it.address],
                    [t("mail.state"), <State key="state" of={state} />],
                    [t("mail.confirmed"), instant(it.confirmed_at)],
                    [t("mail.refused"), instant(it.refused_at)],
                  ]}
                />
              )}
              <Deeds
                allowed={next}
                deeds={{
                  give: {
                    label: it.address === null ? t("mail.give") : t("mail.change"),
                    consequence: t("mail.giveSays"),
                    fields: [{ name: "address", label: t("mail.address") }],
                    run: (values) => giveMailAddress({ body: { address: values.address ?? "" }, throwOnError: true }),
                  },
                  confirm: {
                    label: t("mail.confirm"),
                    consequence: t("mail.confirmSays"),
                    fields: [{ name: "code", label: t("mail.code") }],
                    run: (values) => confirmMailAddress({ body: { code: values.code ?? "" }, throwOnError: true }),
                  },
                  remove: {
                    label: t("common.remove"),
                    consequence: t("mail.removeSays"),
                    isDanger: true,
                    run: () => removeMailAddress({ throwOnError: true }),
                  },
                }}
              />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
