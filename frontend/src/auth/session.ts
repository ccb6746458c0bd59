/**
 * The session of a person: the access token lives in this page's memory alone; the refresh token, good once, is kept so
 * that other tabs and a reload stay signed in. Tabs take turns at refreshing.
 */

import { useSyncExternalStore } from "react";
import type { TokenOut } from "@/api/light/types.gen.ts";
import { carryCredentials } from "@/lib/http.ts";
import { currentLanguage } from "@/lib/i18n.ts";
import { forgetOwn } from "@/lib/offline.ts";
import { problemOf } from "@/lib/problems.ts";
import { keep, kept } from "@/lib/theme.ts";

interface Access {
  token: string;
  endsAt: number;
}

export interface Claimed {
  username: string;
  password: string;
  otp?: string;
  institution?: string;
}

const KEPT = "refresh";
const BEFORE_END_MS = 30_000;
const listeners = new Set<() => void>();
let access: Access | null = null;
let renewing: Promise<string | null> | null = null;

function tellAll(): void {
  for (const tell of listeners) tell();
}

async function askForTokens(fields: Record<string, string>): Promise<TokenOut> {
  const answer = await fetch("/v1/auth/token", {
    method: "POST",
    headers: { "accept-language": currentLanguage() },
    body: new URLSearchParams(fields),
  });
  const body: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) throw body;
  return body as TokenOut;
}

function take(tokens: TokenOut): string {
  access = { token: tokens.access_token, endsAt: Date.now() + tokens.expires_in * 1000 };
  keep(KEPT, tokens.refresh_token);
  tellAll();
  return tokens.access_token;
}

export async function signIn(claimed: Claimed): Promise<void> {
  const { username, password, otp, institution } = claimed;
  const fields = {
    grant_type: "password",
    username,
    password,
    ...(otp && { otp }),
    ...(institution && { institution }),
  };
  take(await askForTokens(fields));
}

function end(): void {
  access = null;
  void forgetOwn();
  keep(KEPT, null);
  tellAll();
}

export async function signOut(): Promise<void> {
  const token = access?.token ?? (await renewed());
  end();
  if (token) {
    await fetch("/v1/auth/sign-out", { method: "POST", headers: { authorization: `Bearer ${token}` } }).catch(
      () => null,
    );
  }
}

/** Only one tab at a time spends the refresh token; where the browser has no locks, the service's grace of seconds helps. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request("xpilot.refresh", work) : work();
}

async function refresh(): Promise<string | null> {
  return alone(async () => {
    const token = kept(KEPT);
    if (!token) return null;
    try {
      return take(await askForTokens({ grant_type: "refresh_token", refresh_token: token }));
    } catch (error) {
      const { status } = problemOf(error);
      // Without an answer the session may well live: only the service's refusal ends it.
      if (status === 400 || status === 401 || status === 403) {
        end();
        return null;
      }
      throw error;
    }
  });
}

function renewed(): Promise<string | null> {
  renewing ??= refresh().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function token(): Promise<string | null> {
  if (access && access.endsAt - BEFORE_END_MS > Date.now()) return access.token;
  return renewed();
}

/** Whether somebody is signed in, as far as this browser knows. */
export function isSignedIn(): boolean {
  return access !== null || kept(KEPT) !== null;
}

export function useIsSignedIn(): boolean {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, isSignedIn);
}

export function onSession(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function startSession(): void {
  carryCredentials({
    token,
    renewed: (refused) => (access && access.token !== refused ? Promise.resolve(access.token) : renewed()),
  });
  addEventListener("storage", (event) => {
    // Another tab signed out, or somebody else in: what this tab holds is no longer true.
    if (event.key === `xpilot.${KEPT}` && !event.newValue) {
      access = null;
      tellAll();
    }
  });
}
