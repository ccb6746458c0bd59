import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getCreditAccountOptions, getStudentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { closeCreditAccount, freezeCreditAccount, unfreezeCreditAccount } from "@/api/staff/sdk.gen.ts";
import type { CreditAccountOut, StudentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { OpenAccount } from "@/ui/staff/OpenAccount.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { AccountOutcomes } from "./AccountOutcomes.tsx";
import { Closing } from "./Closing.tsx";
import { Entries } from "./Entries.tsx";
import { Statement } from "./Statement.tsx";

const BALANCES = ["accumulated", "pending", "held", "available"] as const;

/** A student's account: what is in it, how each credit came about, and what it was at any moment. */
export function Account({ studentId }: { studentId: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const path = { student_id: studentId };
  const account = useQuery({ ...getCreditAccountOptions({ path }), retry: false });
  const student = useQuery({ ...getStudentOptions({ path }), enabled: may("students:read") });
  if (account.data) return <Known account={account.data} student={student.data} />;
  if (account.isPending) return <Waiting />;
  if (problemOf(account.error).status !== 404 || !student.data) {
    return <ProblemNote error={account.error} onRetry={() => void account.refetch()} />;
  }
  return (
    <>
      <PageHead title={`${t("menu.account_of")}：${student.data.name}`} hint={student.data.student_number} />
      <OpenAccount studentId={studentId} />
    </>
  );
}

function useAccountDeeds(account: CreditAccountOut, typed: string): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { account_id: account.id }, throwOnError: true } as const;
  const fields = [{ name: "reason", label: field("reason"), type: "long" }] as const;
  return {
    freeze: {
      consequence: t("credits.freezeSays"),
      fields,
      run: (it) => freezeCreditAccount({ ...to, body: { reason: it.reason ?? "" } }),
    },
    unfreeze: {
      consequence: t("credits.unfreezeSays"),
      fields,
      run: (it) => unfreezeCreditAccount({ ...to, body: { reason: it.reason ?? "" } }),
    },
    close: {
      consequence: t("credits.closeSays"),
      isDanger: true,
      typed,
      fields,
      run: (it) => closeCreditAccount({ ...to, body: { reason: it.reason ?? "" } }),
    },
  };
}

function Known({ account, student }: { account: CreditAccountOut; student: StudentOut | undefined }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const deeds = useAccountDeeds(account, student?.student_number ?? account.id.slice(0, 8));
  return (
    <>
      <PageHead
        title={`${t("menu.account_of")}${student ? `：${student.name}` : ""}`}
        state={<State of={account.state} />}
        hint={`${student?.student_number ?? ""} ${account.state_reason ?? ""}`}
      >
        {may("conversions:request") && account.state === "active" && (
          <LinkButton to={`/conversions/new?student_id=${account.student_id}`}>{t("convert.request")}</LinkButton>
        )}
        <Deeds allowed={account.allowed_deeds} deeds={deeds} />
      </PageHead>
      <div className="tiles">
        {BALANCES.map((name) => (
          <div key={name} className={Number(account[name]) > 0 ? "tile" : "tile calm"}>
            <strong>{account[name]}</strong>
            <span>{field(name)}</span>
          </div>
        ))}
      </div>
      <Elsewhere studentId={account.student_id} />
      {account.state === "closed" && <Closing id={account.id} />}
      <AccountOutcomes account={account} />
      <Statement id={account.id} />
      <Entries id={account.id} />
      <Audit of={account.id} />
    </>
  );
}

/** What else is known of the student, each on its own page. */
function Elsewhere({ studentId }: { studentId: string }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const links = [
    ["students:read", `/students/${studentId}`, t("record.student")],
    ["outcomes:read", `/outcomes?student_id=${studentId}`, t("outcomes.title")],
    ["conversions:read", `/conversions?student_id=${studentId}`, t("menu.conversions")],
  ] as const;
  return (
    <p>
      {links
        .filter(([permission]) => may(permission))
        .map(([, to, label]) => (
          <span key={to}>
            <Link to={to as never}>{label}</Link>{" "}
          </span>
        ))}
    </p>
  );
}
