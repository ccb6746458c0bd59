/** What the screens ask for; each is kept for reading offline by the worker, and asked for anew when it is shown. */

import { queryOptions } from "@tanstack/react-query";
import {
  countBulletinsOptions,
  getBulletinOptions,
  getOwnConversionOptions,
  getOwnCreditAccountOptions,
  getOwnGuaranteeOptions,
  getOwnOverviewOptions,
  getOwnProgressOptions,
  getOwnResultOptions,
  listBulletinsOptions,
  listChargesOptions,
  listMessagesOptions,
  listOpenExamsOptions,
  listOwnAwardsOptions,
  listOwnConversionsOptions,
  listOwnObjectionsOptions,
  listOwnOutcomesOptions,
  listOwnRegistrationsOptions,
  listOwnResultsOptions,
  listOwnSharesOptions,
} from "@/api/light/@tanstack/react-query.gen.ts";
import { ask } from "@/lib/http.ts";

export const overview = () => getOwnOverviewOptions();
export const registrations = () => listOwnRegistrationsOptions();
export const results = () => listOwnResultsOptions();
export const result = (registration_id: string) => getOwnResultOptions({ path: { registration_id } });
export const awards = () => listOwnAwardsOptions();
export const shares = () => listOwnSharesOptions();
export const objections = () => listOwnObjectionsOptions();
export const openExams = () => listOpenExamsOptions();
export const account = () => getOwnCreditAccountOptions();
export const outcomes = () => listOwnOutcomesOptions();
export const progress = () => getOwnProgressOptions();
export const conversions = () => listOwnConversionsOptions();
export const conversion = (conversion_id: string) => getOwnConversionOptions({ path: { conversion_id } });
export const unreadBulletins = () => countBulletinsOptions();
export const bulletins = () => listBulletinsOptions({ query: { page_size: 50 } });
export const bulletin = (bulletin_id: string) => getBulletinOptions({ path: { bulletin_id } });
export const messages = () => listMessagesOptions({ query: { page_size: 50 } });

/** The QR code as a picture's address; a data address, since the policy lets pictures come from nowhere else. */
export const qrCode = (award_id: string) =>
  queryOptions({
    queryKey: ["qr", award_id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<string> => {
      const answer = await ask(`/v1/awards/${award_id}/verification-qr`, { signal });
      if (!answer.ok) throw await answer.json();
      return `data:image/svg+xml;utf8,${encodeURIComponent(await answer.text())}`;
    },
  });

/** Answers 404 while none was granted. */
export const guarantee = () => getOwnGuaranteeOptions();
export const charges = (registration_id: string) => listChargesOptions({ query: { registration_id } });
