import type { SafeParseResult } from 'voicenter-cdr';

/** The cost of parsing one body. */
export interface Cost {
  outcome: string;
  milliseconds: number;
  /** How much larger the process was at its peak, in bytes. */
  growth: number;
}

/** The outcome of a body: that of its first record if it holds several. */
export function outcomeOf([result]: SafeParseResult[]): string {
  if (!result) return 'nothing';
  if (result.error) return result.error.code;
  const { issues } = result.data;
  if (issues.some(({ message }) => message.includes('maxNodes'))) return 'field over limit';
  return issues.some(({ code }) => code === 'more_issues') ? 'many issues' : 'read';
}
