/** One way out: every request carries the token and the language, and an ended token is renewed once. */

import { problemOf } from "./problems.ts";

export interface Credentials {
  /** The access token, renewed if it is about to end; null when nobody is signed in. */
  token(): Promise<string | null>;
  /** Called when a token was refused: gives another, or null when the session is over. */
  renewed(refused: string): Promise<string | null>;
}

let credentials: Credentials | null = null;
let language = (): string => "zh-CN";

export function carryCredentials(given: Credentials): void {
  credentials = given;
}

export function speakLanguage(given: () => string): void {
  language = given;
}

const ETAG = "__etag";

/** The ETag travels with the object it describes, so that what was shown is what is checked when it is changed. */
async function withETag(response: Response): Promise<Response> {
  const etag = response.headers.get("etag");
  if (!etag || !response.ok || !response.headers.get("content-type")?.startsWith("application/json")) {
    return response;
  }
  const body: unknown = await response.json();
  const told = body && typeof body === "object" && !Array.isArray(body) ? { ...body, [ETAG]: etag } : body;
  return new Response(JSON.stringify(told), { status: response.status, headers: response.headers });
}

/** The ETag that an object came with. */
export function etagOf(object: object): string | null {
  const etag: unknown = Reflect.get(object, ETAG);
  return typeof etag === "string" ? etag : null;
}

/** The `If-Match` of an object that was read: the change is refused (412) if somebody changed it since. */
export function ifMatch(object: object): { "if-match": string } {
  return { "if-match": etagOf(object) ?? "" };
}

/** Without a network no token can be had, and none is needed for what the device has kept. */
function unlessOffline(error: unknown): null {
  if (problemOf(error).status !== 0) throw error;
  return null;
}

export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const token = credentials ? await credentials.token().catch(unlessOffline) : null;
  const send = (bearer: string | null): Promise<Response> => {
    const copy = request.clone();
    copy.headers.set("accept-language", language());
    if (bearer) copy.headers.set("authorization", `Bearer ${bearer}`);
    return fetch(copy);
  };
  const answer = await send(token);
  if (answer.status !== 401 || !token || !credentials) return withETag(answer);
  const other = await credentials.renewed(token);
  return other ? withETag(await send(other)) : answer;
}

/** Fetch a file through the API, with the name that the API gives it. */
export async function fetchFile(path: string): Promise<{ content: Blob; name: string | null }> {
  const answer = await ask(path);
  if (!answer.ok) throw await problemBody(answer);
  return { content: await answer.blob(), name: nameIn(answer.headers.get("content-disposition")) };
}

/** Hand a file to the browser to keep. */
export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(content);
  link.href = url;
  link.download = name;
  link.click();
  // The browser may come for it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Fetch a file through the API and hand it to the browser to keep. */
export async function download(path: string, name: string): Promise<void> {
  const file = await fetchFile(path);
  save(file.content, file.name ?? name);
}

async function problemBody(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return new Error(`${answer.status}`);
  }
}

function nameIn(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  return encoded ? decodeURIComponent(encoded) : (disposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? null);
}
