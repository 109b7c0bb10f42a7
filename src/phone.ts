import {
  type CountryCode,
  getCountryCallingCode,
  parsePhoneNumberFromString as parseAssigned,
} from 'libphonenumber-js/max';
import { parsePhoneNumberFromString as parseAssignable } from 'libphonenumber-js/min';

export type { CountryCode };

/**
 * A phone number as E.164 (`+972501234567`), by which a CRM finds its contacts, or null where the
 * text is none: a SIP code, a short code such as `*2700`, nothing at all.
 *
 * Numbers are read as dialled in `defaultCountry`, else as international ones without their `+`,
 * which is how Voicenter sends those with a country prefix.
 *
 * This entry needs libphonenumber-js, which the package does not install, since it is 13 MB: run
 * `npm install libphonenumber-js`.
 *
 * @example
 * ```ts
 * import { toE164 } from 'voicenter-cdr/phone';
 *
 * console.log(toE164('0501234567')); // +972501234567
 * console.log(toE164('442079460958')); // +442079460958
 * console.log(toE164('*2700')); // null
 * ```
 */
export function toE164(
  number: string | null | undefined,
  defaultCountry: CountryCode = 'IL',
): string | null {
  // Texts copied from a page in Hebrew have invisible marks of direction around numbers.
  const text = String(number ?? '')
    .replace(/\p{Cf}/gu, '')
    .trim();
  const options = { defaultCountry, extract: false };
  const national = parseAssigned(text, options);
  if (national?.isValid()) return national.number;
  const international = /^[1-9][\d\s().-]+$/.test(text) ? parseAssigned(`+${text}`) : undefined;
  if (international?.isValid()) return international.number;
  if (!isWrittenInFull(text, defaultCountry)) return null;
  // Ranges are opened faster than published: one of the right shape is taken for a number.
  const assignable = parseAssignable(text, options);
  return assignable?.isValid() ? assignable.number : null;
}

/** Whether a number has its trunk prefix or its country, as no extension has. */
function isWrittenInFull(text: string, country: CountryCode): boolean {
  return ['0', '+', getCountryCallingCode(country)].some((prefix) => text.startsWith(prefix));
}
