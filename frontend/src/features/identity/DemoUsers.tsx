import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

export interface DemoUser {
  username: string;
  name: string;
  role: string;
  scope: string[];
}

interface Offered {
  users: DemoUser[];
  /** Told only to this machine; null where anybody could ask. */
  password: string | null;
}

/** Only the demonstration has this file; any other server answers with the page itself or not at all. */
async function askWhoCanBeTried(): Promise<Offered | null> {
  const answer = await fetch("/demo-users.json");
  const isData = answer.headers.get("content-type")?.startsWith("application/json");
  return answer.ok && isData ? ((await answer.json()) as Offered) : null;
}

interface Props {
  isBusy: boolean;
  onChoose: (user: DemoUser, password: string | null) => void;
}

/** The made-up people, by role: one touch signs in as one of them. */
export function DemoUsers({ isBusy, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const offered = useQuery({
    queryKey: ["demo-users"],
    queryFn: askWhoCanBeTried,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!offered.data) return null;
  const { users, password } = offered.data;
  const role = (code: string): string => {
    const found: unknown = i18n.getResource(i18n.language, "common", `role.${code}`);
    return typeof found === "string" ? found : code;
  };
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t("signIn.demo")}</h2>
      <p className="muted">{t(password ? "signIn.demoOneTouch" : "signIn.demoHint")}</p>
      <ul>
        {users.map((user) => (
          <li key={user.username}>
            <button type="button" disabled={isBusy} onClick={() => onChoose(user, password)}>
              <strong>{role(user.role)}</strong>
              <span>{user.name.replace(/（.*演示）$/, "")}</span>
              <small>{user.scope.join("、") || user.username}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
